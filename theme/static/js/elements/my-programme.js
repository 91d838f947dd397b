/**
 * <my-programme data-event data-zone data-programme data-base> lists the sessions that the reader
 * has starred on this device, or that the link holds which they opened.
 */
import { follow, now } from "../lib/clock.js";
import { make } from "../lib/make.js";
import { canKeep, isFresh, isKept, keepEvent, setKept } from "../schedule/keep.js";
import { dayName, sessionLine } from "../schedule/lines.js";
import { gaps, inWords, lengthInWords, lookAt, overAt, overlapping } from "../schedule/now.js";
import { quietButton, rehearse, status, zoneChoice } from "../schedule/parts.js";
import { programmeAt } from "../schedule/programme.js";
import { fromFragment } from "../schedule/share.js";
import { Stars } from "../schedule/stars.js";
import { shownZone } from "../schedule/times.js";

// What is only wanted by a press is loaded when the reader comes near it.
const takeAway = () => import("../schedule/take-away.js");
const sessionsInWords = (count) => `${count} ${count === 1 ? "session" : "sessions"}`;

export class MyProgramme extends HTMLElement {
  static define(tag = "my-programme", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  async connectedCallback() {
    if (!this.said) this.prepare();
    this.onhash = () => this.paint();
    addEventListener("hashchange", this.onhash);
    this.stops = [() => removeEventListener("hashchange", this.onhash)];
    try {
      this.programme ??= await programmeAt(this.dataset.programme);
    } catch {
      this.said.textContent = "The programme could not be loaded. Try again when you are online.";
      return;
    }
    if (!this.isConnected) return;
    this.start();
  }

  disconnectedCallback() {
    for (const stop of this.stops) stop();
  }

  prepare() {
    this.stars = new Stars(this.dataset.event);
    this.said = status({ class: "schedule-said" });
    this.list = make("div", { class: "my-days" });
    this.replaceChildren(this.said, this.list);
    rehearse(this, this.dataset.zone);
  }

  start() {
    this.notice = make("div", { class: "schedule-news", hidden: true });
    this.list.before(this.notice, this.tools());
    this.stops.push(this.stars.watch(() => this.paint()));
    this.paint();
    this.stops.push(follow((instant) => this.paintNow(instant)));
    const ends = this.programme.sessions.filter(({ start }) => start != null).map(overAt);
    const lastEnd = ends.length ? Math.max(...ends) : Infinity;
    this.isFresh = isFresh(lastEnd);
    keepEvent(this, lastEnd);
    this.dataset.ready = "";
  }

  tools() {
    const carry = (work) => async () => this.say(await work(await takeAway()));
    this.actions = [
      quietButton("Add to calendar", carry(({ saveCalendar }) => saveCalendar(this, this.ids))),
      quietButton("Copy link", carry(({ copyLink }) => copyLink(this, this.ids))),
      quietButton("QR code", carry((made) => this.showCode(made))),
      quietButton("Print", () => window.print()),
    ];
    this.code = make("div", { class: "qr-place", hidden: true });
    const row = make("div", { class: "schedule-row" }, this.actions);
    for (const near of ["pointerover", "focusin"]) row.addEventListener(near, takeAway, { once: true });
    return make("div", { class: "schedule-tools my-tools" }, row, this.code,
      make("div", { class: "schedule-row" }, zoneChoice(this.dataset.zone, () => this.paint()), this.offlineButton()));
  }

  /** Offered while pages are kept at all; it is pressed when they really are, or will be at once. */
  offlineButton() {
    if (!canKeep(this)) return null;
    const button = quietButton("Keep for offline", async () => {
      const isWanted = button.getAttribute("aria-pressed") !== "true";
      await setKept(this, isWanted);
      button.setAttribute("aria-pressed", String(isWanted));
      this.say(isWanted ? "This event is kept on this device for when there is no network."
        : "Nothing of this event is kept for offline any more. Your stars stay.");
    }, { "aria-pressed": "false", class: "button button-quiet schedule-offline" });
    navigator.serviceWorker.getRegistration(this.dataset.base).then((found) =>
      button.setAttribute("aria-pressed", String(isKept(this) && Boolean(found || this.isFresh))));
    return button;
  }

  /** The code of the link, or no more; answers what to say. */
  showCode({ linkOf, qrCode }) {
    const isShown = this.code.hidden;
    const picture = isShown && qrCode(linkOf(this, this.ids));
    if (isShown && !picture) return "These are too many sessions for a QR code. The link holds them all.";
    this.code.replaceChildren(picture || "");
    this.foldCode(!isShown);
    return isShown ? "The QR code holds your sessions. Scan it with another device." : "";
  }

  foldCode(isFolded) {
    this.code.hidden = isFolded;
    this.actions[2].setAttribute("aria-expanded", String(!isFolded));
  }

  say(words) {
    this.said.textContent = words;
  }

  /** The ids shown: those of the link when there is one, else the reader's own. */
  get ids() {
    return this.shared?.ids ?? this.stars.ids;
  }

  paint() {
    const known = this.programme.sessions.map(({ id }) => id);
    this.shared = fromFragment(location.hash, known);
    this.foldCode(true);
    const chosen = this.programme.sessions.filter(({ id }) => this.ids.includes(id));
    for (const button of this.actions) button.disabled = !chosen.length;
    this.paintNotice(this.shared ?? { unknown: this.stars.ids.filter((id) => !known.includes(id)).length });
    this.paintDays(chosen);
    this.paintNow(now());
  }

  /** What the link holds, or which stars lead nowhere any more, and what the reader can do. */
  paintNotice({ ids, unknown }) {
    const gone = unknown ? ` ${sessionsInWords(unknown)} of ${ids ? "the link" : "yours"} ${unknown === 1 ? "is" : "are"} no longer in the programme.` : "";
    const own = this.stars.ids;
    const buttons = ids ? [
      quietButton(own.length ? "Add to mine" : "Keep as mine", () => this.leaveLink([...own, ...ids])),
      own.length > 0 && quietButton("Replace mine", () => this.leaveLink(ids)),
      quietButton("Back to mine", () => this.leaveLink()),
    ] : [quietButton("Forget them", () => this.forgetUnknown())];
    const words = ids ? `These are the ${sessionsInWords(ids.length)} of the link that you opened.${gone}` : gone;
    this.notice.hidden = !words;
    this.notice.replaceChildren(make("p", {}, words.trim()), ...buttons.filter(Boolean));
  }

  leaveLink(ids) {
    history.replaceState(null, "", location.pathname + location.search);
    if (ids) this.stars.ids = ids;
    this.paint();
    this.say(ids ? `My programme has ${sessionsInWords(this.stars.ids.length)} now.` : "");
    this.actions[0].focus({ preventScroll: true });
  }

  forgetUnknown() {
    const known = new Set(this.programme.sessions.map(({ id }) => id));
    this.stars.ids = this.stars.ids.filter((id) => known.has(id));
    this.actions[0].focus({ preventScroll: true });
  }

  paintDays(chosen) {
    const focused = this.list.contains(document.activeElement) && document.activeElement.closest("[data-session]");
    const place = focused && [...this.list.querySelectorAll("[data-session]")].indexOf(focused);
    this.lines = [];
    const days = [...new Set(chosen.map(({ day }) => day))].sort();
    this.list.replaceChildren(...days.map((day) => this.day(day, chosen)), chosen.length ? "" : this.empty());
    if (focused) (this.lines[Math.min(place, this.lines.length - 1)]?.star ?? this.list.querySelector("a"))?.focus();
  }

  day(day, chosen) {
    const sessions = chosen.filter((one) => one.day === day).sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity));
    const free = new Map(gaps(sessions).map(({ before, length }) => [before, length]));
    const parts = sessions.flatMap((session) => [free.has(session) && this.gap(session, free.get(session)), this.line(session, chosen)]);
    return make("section", { class: "my-day" }, make("h2", {}, dayName(day, this.programme.days)),
      make("ul", { role: "list", class: "my-sessions" }, parts));
  }

  line(session, chosen) {
    const { tracks } = this.programme;
    const warnings = overlapping(session, chosen).map(({ title, startIso }) => `Overlaps “${title}” at ${startIso.slice(11, 16)}.`);
    const line = sessionLine(session, { stars: this.stars, zone: shownZone(), tracks, warnings });
    line.star.setAttribute("aria-pressed", String(this.stars.has(session.id)));
    line.node.toggleAttribute("data-overlaps", warnings.length > 0);
    this.lines.push({ session, ...line });
    return line.node;
  }

  gap({ startIso, start }, length) {
    const others = this.programme.sessions.filter((one) => one.start != null && !["break", "social"].includes(one.kind)
      && one.start < start && overAt(one) > start - length).length;
    return make("li", { class: "my-gap" }, `Free for ${lengthInWords(length)} until ${startIso.slice(11, 16)}`,
      others > 0 && [": ", make("a", { href: `${this.dataset.base}schedule/` }, `${sessionsInWords(others)} ${others === 1 ? "is" : "are"} on then`)]);
  }

  empty() {
    return make("p", { class: "my-empty" }, "Nothing is starred yet. Star what you want to see in the ",
      make("a", { href: `${this.dataset.base}schedule/` }, "schedule"), ": it is kept on this device, and listed here.");
  }

  paintNow(instant) {
    const { past, on, next } = lookAt(this.lines.map(({ session }) => session), instant);
    for (const { session, node, state } of this.lines) {
      node.toggleAttribute("data-past", past.includes(session));
      node.toggleAttribute("data-now", on.includes(session));
      const words = on.includes(session) ? "On now" : next.includes(session) ? `Next, ${inWords(session.start - instant)}` : "";
      if (state.textContent !== words) state.textContent = words;
    }
  }
}

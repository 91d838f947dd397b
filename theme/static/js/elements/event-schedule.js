/**
 * <event-schedule data-event data-zone data-base data-few> makes a programme a tool: stars, filters that
 * stay in the address, what is on now, the reader's own time, what changed since the last visit.
 *
 * The programme is complete without it. One of a few sessions is not searched. States are attributes
 * that style sheets read: on a session `data-now`, `data-next`, `data-past`, `data-starred`, `data-changed` and `hidden`; here
 * `data-filtered`, `data-large`, and `data-ready` when the tools are there.
 */
import { follow, now } from "../lib/clock.js";
import { make } from "../lib/make.js";
import { compare, daysOf, keepDays, seenDays } from "../schedule/changes.js";
import { FilterBar, closeWhenLeft, countOf, fromQuery, matcher, toQuery } from "../schedule/filter-bar.js";
import { keepEvent } from "../schedule/keep.js";
import { inWords, isDuring, lookAt, overAt, overlapping } from "../schedule/now.js";
import { ownTime, quietButton, rehearse, starButton, status, zoneChoice } from "../schedule/parts.js";
import { fromMarkup } from "../schedule/sessions.js";
import { Stars } from "../schedule/stars.js";
import { differs, shownZone, wallOf } from "../schedule/times.js";

const CALM = 400;
const MOST_NAMED = 3;
const LARGE = 200;

export class EventSchedule extends HTMLElement {
  static define(tag = "event-schedule", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    if (!this.sessions) this.prepare();
    this.onpop = () => this.search(fromQuery(location.search));
    addEventListener("popstate", this.onpop);
    this.stops = [
      this.stars.watch(() => this.paintStars()),
      follow((instant) => this.paintNow(instant)),
      () => removeEventListener("popstate", this.onpop),
    ];
  }

  disconnectedCallback() {
    for (const stop of this.stops) stop();
  }

  prepare() {
    this.stars = new Stars(this.dataset.event);
    this.sessions = fromMarkup(this);
    this.days = [...this.querySelectorAll(".schedule-day")];
    this.slots = [...this.querySelectorAll(".schedule-slot")].filter(({ dataset }) => dataset.start);
    this.toggleAttribute("data-large", this.sessions.length > LARGE);
    for (const session of this.sessions) this.addStar(session);
    this.addTools();
    this.paintZone();
    this.search(fromQuery(location.search));
    this.paintStars();
    this.markChanges();
    this.dataset.ready = "";
    const ends = this.sessions.filter(({ start }) => start != null).map(overAt);
    keepEvent(this, ends.length ? Math.max(...ends) : undefined);
    if (location.hash === "#now") this.jump();
  }

  addStar(session) {
    // What is cancelled is offered to nobody; who had starred it finds it in My programme.
    session.star = session.status === "cancelled" ? undefined : starButton(session.title, () => this.toggle(session));
    session.state = make("span", { class: "session-state" });
    if (session.star) session.node.querySelector(".session-title").after(session.star);
    session.node.querySelector(".session-when")?.append(" ", session.state);
  }

  /** The bar above the programme: what to look for, where one's own programme is, whose clock. */
  addTools() {
    const tools = this.querySelector(":scope > .schedule-tools");
    this.bar = new FilterBar(this, this.sessions, (filters, isTyping) => this.ask(filters, isTyping));
    this.find = make("div", { class: "schedule-find", role: "search" }, this.bar.nodes);
    this.find.hidden = "few" in this.dataset && !countOf(fromQuery(location.search));
    this.count = status({ class: "schedule-count" });
    this.said = status({ class: "visually-hidden" });
    this.clear = quietButton("Show all", () => this.showAll(), { hidden: true });
    this.own = make("a", { class: "schedule-own", href: `${this.dataset.base}my/` }, "My programme");
    this.jumper = quietButton("Jump to now", () => this.jump(), { hidden: true });
    const more = make("details", { class: "schedule-more" },
      make("summary", { class: "button button-quiet", "aria-label": "More" }, make("span", { "aria-hidden": "true" }, "⋯")),
      make("div", { class: "schedule-more-row" }, this.own, zoneChoice(this.dataset.zone, () => this.paintZone())));
    closeWhenLeft(more);
    const days = document.querySelector(".day-nav ul");
    if (days) days.append(make("li", {}, this.jumper));
    tools.append(
      make("div", { class: "schedule-bar" }, this.find, more),
      make("div", { class: "schedule-row schedule-result" }, this.count, this.clear, !days && this.jumper),
      this.said,
    );
    rehearse(tools, this.dataset.zone);
    tools.hidden = false;
  }

  say(words) {
    this.said.textContent = words;
  }

  toggle(session) {
    const isStarred = this.stars.toggle(session.id);
    const chosen = new Set(this.stars.ids);
    const inTheWay = isStarred ? overlapping(session, this.sessions.filter(({ id }) => chosen.has(id))) : [];
    const titles = quoted(inTheWay.map(({ title }) => title));
    this.say(titles.length ? `Overlaps ${titles.join(" and ")}.` : "");
  }

  paintStars() {
    const chosen = new Set(this.stars.ids);
    for (const { id, node, star } of this.sessions) {
      star?.setAttribute("aria-pressed", String(chosen.has(id)));
      node.toggleAttribute("data-starred", chosen.has(id));
    }
    this.own.textContent = chosen.size ? `My programme (${chosen.size})` : "My programme";
    if (this.filters.mine) this.search(this.filters);
  }

  /** The reader asked for something: it goes into the address, so that Back takes it back. */
  ask(filters, isTyping) {
    const address = location.pathname + toQuery(filters, location.search) + location.hash;
    // One entry for a text, not one for each letter.
    const isSameText = isTyping && this.isTyping;
    history[isSameText ? "replaceState" : "pushState"](null, "", address);
    this.isTyping = isTyping;
    this.search(filters);
  }

  showAll() {
    this.ask(fromQuery(""), false);
    this.bar.search.focus();
  }

  /** Shows what fits and hides the rest, with the slots that have nothing left. */
  search(filters) {
    this.filters = filters;
    this.bar.filters = filters;
    const fits = matcher(filters, this.stars.ids);
    for (const session of this.sessions) session.node.hidden = !fits(session);
    for (const slot of this.querySelectorAll(".schedule-slot")) slot.hidden = !slot.querySelector(".session:not([hidden])");
    for (const day of this.days) day.toggleAttribute("data-empty", !day.querySelector(".session:not([hidden])"));
    this.toggleAttribute("data-filtered", countOf(filters) > 0);
    this.clear.hidden = !countOf(filters);
    clearTimeout(this.calm);
    this.calm = setTimeout(() => this.tellCount(), this.dataset.ready === undefined ? 0 : CALM);
  }

  tellCount() {
    const shown = this.sessions.filter(({ node }) => !node.hidden).length;
    const all = `${this.sessions.length} ${this.sessions.length === 1 ? "session" : "sessions"}`;
    const words = countOf(this.filters) ? `${shown} of ${all} shown` : all;
    if (this.count.textContent !== words) this.count.textContent = words;
    this.bar.found = words;
  }

  /** Puts the time on the reader's clock beside every time of the event. */
  paintZone() {
    for (const old of this.querySelectorAll(".own-time")) old.remove();
    const zone = shownZone();
    const timed = this.sessions.filter(({ startIso }) => startIso);
    if (!zone || !differs(timed.map(({ startIso }) => startIso), zone)) return;
    for (const { node, startIso, endIso } of timed) {
      // The slot's heading shows it; here it is for those who hear one session at a time.
      node.querySelector(".session-when")?.after(ownTime(startIso, endIso, zone, { class: "own-time visually-hidden" }));
    }
    for (const slot of this.slots) slot.firstElementChild.append(" ", ownTime(slot.dataset.start, null, zone));
  }

  paintNow(instant) {
    const { past, on, next } = lookAt(this.sessions, instant);
    const states = new Map([...past.map((one) => [one, "past"]), ...on.map((one) => [one, "now"]), ...next.map((one) => [one, "next"])]);
    // Once everything is over, nothing is to be told from what is still to come.
    const isOver = this.sessions.every((one) => one.start == null || past.includes(one));
    for (const session of this.sessions) this.paintState(session, isOver ? "" : states.get(session), instant);
    this.jumper.hidden = !isDuring(this.sessions, instant);
    this.drawLine(instant);
    this.markDay(instant);
    const begun = on.filter((one) => this.wasOn && !this.wasOn.includes(one));
    const begunInWords = begun.length > MOST_NAMED ? `${begun.length} sessions have begun` : begun.map(({ title }) => title).join("; ");
    if (begun.length) this.say(`Now: ${begunInWords}.`);
    this.wasOn = on;
  }

  paintState({ node, state, start }, is, instant) {
    for (const name of ["past", "now", "next"]) node.toggleAttribute(`data-${name}`, is === name);
    const words = { now: "On now", next: `Next, ${inWords(start - instant)}` }[is] ?? "";
    if (state.textContent !== words) state.textContent = words;
  }

  /** A line with the time, where it lies between the slots that have begun and the next one. */
  drawLine(instant) {
    const begun = this.slots.findLast(({ dataset }) => Date.parse(dataset.start) <= instant);
    const day = begun?.parentElement;
    const isRunning = (session) => session.start != null && day.contains(session.node) && instant < overAt(session);
    if (!begun || !this.sessions.some(isRunning)) return void this.line?.remove();
    this.line ??= make("p", { class: "schedule-now" }, make("span"));
    this.line.firstElementChild.textContent = `Now ${wallOf(instant, this.dataset.zone).time}`;
    const next = this.slots[this.slots.indexOf(begun) + 1];
    const after = next?.parentElement === day ? next : undefined;
    const start = Date.parse(begun.dataset.start);
    const until = after ? Date.parse(after.dataset.start) : Math.max(...this.sessions.filter(isRunning).map(overAt));
    const first = rowOf(begun);
    this.line.style.setProperty("--at", `${Math.round((100 * (instant - start)) / (until - start))}%`);
    // To move it means to lay out the whole programme anew.
    if (this.line.previousElementSibling === begun) return undefined;
    this.line.style.setProperty("--row", String(first));
    this.line.style.setProperty("--row-span", String(after ? Math.max(rowOf(after) - first, 1) : 1));
    return begun.after(this.line);
  }

  markDay(instant) {
    const { date } = wallOf(instant, this.dataset.zone);
    for (const link of document.querySelectorAll(".day-nav a:not([aria-current=page])")) {
      if (link.pathname.endsWith(`/${date}/`)) link.setAttribute("aria-current", "date");
      else if (link.ariaCurrent === "date") link.removeAttribute("aria-current");
    }
  }

  /** Takes the reader to what is on, else to what is next. */
  jump() {
    const { on, next } = lookAt(this.sessions.filter(({ node }) => !node.hidden), now());
    const first = (on.length ? on : next)[0];
    if (!first) return this.say("Nothing that is shown here is on now or next.");
    const link = first.node.querySelector("a") ?? first.star;
    link.focus({ preventScroll: true });
    first.node.scrollIntoView({ block: "center" });
    return undefined;
  }

  /** Marks what differs from the last visit, on pages that hold whole days. */
  markChanges() {
    if (!location.pathname.startsWith(`${this.dataset.base}schedule/`)) return;
    const today = daysOf(this.sessions);
    const seen = seenDays(this.dataset.event);
    const { marks, removed } = compare(seen ?? {}, today);
    if (!seen || (!marks.size && !removed.length)) return void keepDays(this.dataset.event, today);
    for (const { id, node, state } of this.sessions.filter((one) => marks.has(one.id))) {
      node.dataset.changed = marks.get(id);
      state.before(make("span", { class: "session-news" }, capital(marks.get(id))), " ");
    }
    this.tellChanges(marks.size, removed, today);
  }

  tellChanges(count, removed, today) {
    const parts = [count && `${count} ${count === 1 ? "session is" : "sessions are"} new or changed`,
      removed.length && `no longer here: ${quoted(removed).join(", ")}`].filter(Boolean);
    const notice = make("div", { class: "schedule-news", role: "status" },
      make("p", {}, `Since your last visit ${parts.join("; ")}.`),
      quietButton("Seen", () => {
        keepDays(this.dataset.event, today);
        for (const mark of this.querySelectorAll(".session-news")) mark.remove();
        for (const { node } of this.sessions) delete node.dataset.changed;
        notice.remove();
        (this.find.hidden ? this.own : this.bar.search).focus({ preventScroll: true });
      }));
    this.querySelector(".schedule-tools").append(notice);
  }
}

const rowOf = (slot) => Number(slot.style.getPropertyValue("--row"));
const quoted = (titles) => titles.map((title) => `“${title}”`);
const capital = (words) => words[0].toUpperCase() + words.slice(1);

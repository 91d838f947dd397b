/**
 * <now-next data-event data-zone data-programme data-base> puts what is on now and what is next
 * above the list of all sessions: for a phone in a corridor, or a screen in the foyer.
 *
 * `?room=…` shows one room. The programme is fetched again every few minutes, so that a screen that
 * nobody touches tells of changes.
 */
import { follow } from "../lib/clock.js";
import { make } from "../lib/make.js";
import { keepEvent } from "../schedule/keep.js";
import { dayName, sessionLine } from "../schedule/lines.js";
import { inWords, isHeld, lookAt, overAt } from "../schedule/now.js";
import { rehearse, status } from "../schedule/parts.js";
import { programmeAt } from "../schedule/programme.js";
import { Stars } from "../schedule/stars.js";
import { shownZone, wallOf } from "../schedule/times.js";

const FRESH = 5 * 60_000;

export class NowNext extends HTMLElement {
  static define(tag = "now-next", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  async connectedCallback() {
    if (!this.board) this.prepare();
    this.stops = [];
    await this.load();
    if (!this.isConnected || !this.programme) return;
    this.stops = [this.stars.watch(() => this.paintStars()), follow((instant) => this.paint(instant))];
    const ends = this.sessions.filter(({ start }) => start != null).map(overAt);
    keepEvent(this, ends.length ? Math.max(...ends) : undefined);
    this.dataset.ready = "";
  }

  disconnectedCallback() {
    for (const stop of this.stops) stop();
  }

  prepare() {
    this.stars = new Stars(this.dataset.event);
    this.clock = make("p", { class: "now-clock" });
    this.said = status({ class: "visually-hidden" });
    this.board = make("div", { class: "now-board" });
    const all = make("details", { class: "now-all" }, make("summary", {}, "All sessions"));
    all.append(...this.childNodes);
    this.append(this.clock, this.said, this.board, all);
    rehearse(this, this.dataset.zone);
  }

  /** Fetches the programme; when that fails, what is there already stays. */
  async load() {
    this.loaded = Date.now();
    try {
      this.programme = await programmeAt(this.dataset.programme, { isFresh: true });
    } catch {
      if (!this.programme) this.querySelector(".now-all").open = true;
      return;
    }
    const room = new URLSearchParams(location.search).get("room");
    this.room = this.programme.rooms?.[room];
    this.sessions = this.programme.sessions.filter(({ rooms, everywhere }) => !this.room || everywhere || rooms.includes(room));
    this.shown = undefined;
  }

  paint(instant) {
    const { date, time } = wallOf(instant, this.dataset.zone);
    const place = [dayName(date, this.programme.days), this.room].filter(Boolean).join(", ");
    this.clock.replaceChildren(make("time", { datetime: `${date}T${time}` }, time), " ", place);
    const found = lookAt(this.sessions, instant);
    const shown = JSON.stringify([found.on, found.next].map((list) => list.map(({ id }) => id)));
    if (shown !== this.shown) this.build(found, instant);
    this.shown = shown;
    for (const { session, state } of this.lines) {
      state.textContent = session.start > instant ? inWords(session.start - instant) : left(session, instant);
    }
    if (Date.now() - this.loaded > FRESH) this.load();
  }

  build({ on, next }, instant) {
    const isFirst = this.lines === undefined;
    this.lines = [];
    const parts = [on.length && this.part("On now", on), next.length && this.part("Next", next)].filter(Boolean);
    this.board.replaceChildren(...(parts.length ? parts : [make("p", {}, this.nothing(instant))]));
    this.paintStars();
    if (!isFirst) this.said.textContent = [tell("On now", on), tell("Next", next)].filter(Boolean).join(" ");
  }

  part(heading, sessions) {
    const lines = sessions.map((session) => ({ session, ...sessionLine(session, { stars: this.stars, zone: shownZone(), tracks: this.programme.tracks }) }));
    this.lines.push(...lines);
    return make("section", {}, make("h2", {}, heading),
      make("ul", { role: "list", class: "my-sessions" }, lines.map(({ node }) => node)));
  }

  nothing(instant) {
    const first = this.sessions.filter((one) => isHeld(one) && one.start > instant).sort((a, b) => a.start - b.start)[0];
    if (!first) return "Everything is over. The list below has all sessions.";
    return `Nothing is on. It goes on with “${first.title}” on ${dayName(first.day, this.programme.days)} at ${first.startIso.slice(11, 16)}.`;
  }

  paintStars() {
    const chosen = this.stars.ids;
    for (const { session, node, star } of this.lines ?? []) {
      star.setAttribute("aria-pressed", String(chosen.includes(session.id)));
      node.toggleAttribute("data-starred", chosen.includes(session.id));
    }
  }
}

const left = ({ end, endKnown }, instant) => end != null && endKnown !== false ? `${inWords(end - instant).replace("in ", "")} left` : "";
const tell = (heading, list) => list.length > 0 && list.length < 5 && `${heading}: ${list.map(({ title }) => title).join("; ")}.`;

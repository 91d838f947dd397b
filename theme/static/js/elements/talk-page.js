/**
 * <talk-page data-session data-event data-zone data-programme data-base> adds to the times of a
 * talk: a star, the reader's own time, whether it is on; and its calendar link works offline too.
 *
 * Each time at which it is given is an element with `data-session`, `data-start` and `data-end`; in it
 * the first `<time>` is the start, and the second the end when there is one.
 */
import { follow } from "../lib/clock.js";
import { make } from "../lib/make.js";
import { keepEvent } from "../schedule/keep.js";
import { inWords, isHeld, lookAt } from "../schedule/now.js";
import { ownTime, rehearse, starButton, status } from "../schedule/parts.js";
import { Stars } from "../schedule/stars.js";
import { differs, shownZone } from "../schedule/times.js";

export class TalkPage extends HTMLElement {
  static define(tag = "talk-page", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    if (!this.times) this.prepare();
    this.stops = [this.stars.watch(() => this.paintStars()), follow((instant) => this.paintNow(instant))];
  }

  disconnectedCallback() {
    for (const stop of this.stops) stop();
  }

  prepare() {
    this.stars = new Stars(this.dataset.event);
    rehearse(this, this.dataset.zone);
    this.times = [...this.querySelectorAll("[data-session]")].map((node) => this.addTools(node));
    this.said = status({ class: "visually-hidden" });
    this.append(this.said);
    this.paintStars();
    this.dataset.ready = "";
    const ends = this.times.map(({ start, end }) => end ?? start).filter(Number.isFinite);
    keepEvent(this, ends.length ? Math.max(...ends) : undefined);
  }

  addTools(node) {
    const [startIso, endIso] = [...node.querySelectorAll('time[datetime*="T"]')].map(({ dateTime }) => dateTime);
    const { session: id, status: held, start, end } = node.dataset;
    const star = starButton(document.querySelector("h1").textContent.trim(), () => this.stars.toggle(id));
    star.append("Star");
    const state = make("span", { class: "session-state" });
    const zone = shownZone();
    const isElsewhere = startIso && zone && differs([startIso, endIso].filter(Boolean), zone);
    // The same file as the link's, also without a network.
    node.querySelector(".talk-calendar")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.takeAway(id);
    });
    if (isElsewhere) node.querySelector(".session-when").after(ownTime(startIso, endIso ?? startIso, zone));
    // What is cancelled is offered to nobody; who had starred it finds it in My programme.
    if (held !== "cancelled") node.append(make("div", { class: "talk-tools" }, star, state));
    return { id, node, star, state, status: held, start: start ? Date.parse(start) : null, end: end ? Date.parse(end) : null };
  }

  paintStars() {
    const chosen = this.stars.ids;
    for (const { id, node, star } of this.times) {
      star.setAttribute("aria-pressed", String(chosen.includes(id)));
      node.toggleAttribute("data-starred", chosen.includes(id));
    }
  }

  paintNow(instant) {
    const { past, on, next } = lookAt(this.times, instant);
    for (const one of this.times) {
      const words = on.includes(one) ? "On now" : past.includes(one) && isHeld(one) ? "Over" : next.includes(one) ? inWords(one.start - instant) : "";
      if (one.state.textContent !== words) one.state.textContent = words;
      one.node.toggleAttribute("data-now", on.includes(one));
    }
  }

  async takeAway(id) {
    try {
      const { saveCalendar } = await import("../schedule/take-away.js");
      this.said.textContent = await saveCalendar(this, [id]);
    } catch {
      this.said.textContent = "The programme could not be loaded. Try again when you are online.";
    }
  }
}

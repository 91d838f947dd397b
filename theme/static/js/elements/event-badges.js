/**
 * <event-badges> holds the events around the day of the build, and shows the one that is near on the
 * reader's day: what is on, else what was on lately, else what comes next.
 *
 * While an event runs, its summary gives way to what is on now and next in each room. All badges lie
 * in the same place, so that nothing moves.
 */
import { follow } from "../lib/clock.js";
import { make } from "../lib/make.js";
import { lookAt, stateInWords, stateOf } from "../schedule/now.js";
import { programmeAt } from "../schedule/programme.js";

const AFTERGLOW = 14 * 86_400_000;
const MOST_ROOMS = 3;

export class EventBadges extends HTMLElement {
  static define(tag = "event-badges", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    this.badges = [...this.querySelectorAll(".badge")].map((node) => ({
      node,
      starts: Date.parse(node.dataset.starts),
      ends: Date.parse(node.dataset.ends),
      programme: node.dataset.programme,
    }));
    this.stop = follow((instant) => this.paint(instant));
  }

  disconnectedCallback() {
    this.stop();
  }

  paint(instant) {
    const lead = leadOf(this.badges, instant);
    for (const badge of this.badges) {
      badge.node.toggleAttribute("data-lead", badge === lead);
      badge.node.dataset.state = stateOf(badge, instant);
      badge.node.querySelector(".badge-state").textContent = stateInWords(badge, instant);
    }
    if (lead.node.dataset.state === "on" && lead.programme) this.paintLive(lead, instant);
  }

  /** What is on and next by room, once the programme is there; without it the summary stays. */
  async paintLive(badge, instant) {
    try {
      badge.data ??= await programmeAt(badge.programme);
    } catch {
      return;
    }
    const rows = roomsOf(badge.data, instant);
    if (!rows.length) return;
    badge.node.querySelector(".badge-live").replaceChildren(make("dl", { class: "badge-rooms" }, rows));
    badge.node.querySelector(".badge-now")?.removeAttribute("hidden");
  }
}

/** What is on and next in the first rooms, as names and values; what is for all has one of its own. */
function roomsOf({ sessions, rooms = {} }, instant) {
  const names = { ...rooms, "": "All rooms" };
  const rows = Object.entries(names).map(([id, name]) => {
    const inRoom = sessions.filter((one) => (id ? !one.everywhere && one.rooms.includes(id) : one.everywhere));
    return { name, ...lookAt(inRoom, instant) };
  });
  return rows.filter(({ on, next }) => on.length || next.length).slice(0, MOST_ROOMS).flatMap(({ name, on, next }) => [
    make("dt", {}, name),
    make("dd", {}, on[0]?.title, next.length > 0 && make("span", { class: "badge-next" }, `${on.length ? " " : ""}${next[0].startIso.slice(11, 16)} ${next[0].title}`)),
  ]);
}

/** The badge to show. */
function leadOf(badges, instant) {
  const [over, on, coming] = ["over", "on", "coming"].map((state) => badges.filter((one) => stateOf(one, instant) === state));
  const last = over.at(-1);
  const isFresh = last && instant - last.ends < AFTERGLOW;
  return on[0] ?? (isFresh || !coming.length ? last : coming[0]);
}

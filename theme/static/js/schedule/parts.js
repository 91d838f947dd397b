/** Pieces of markup that several of the schedule's elements make. */
import { putClock } from "../lib/clock.js";
import { make } from "../lib/make.js";
import { rehearsed } from "./now.js";
import { elsewhere, inShort, inWords, wallOf } from "./times.js";

/** A star: a toggle whose name stays the same, pressed or not. */
export const starButton = (title, toggled) => make("button", {
  type: "button", class: "session-star", "aria-pressed": "false", "aria-label": `Star: ${title}`, click: toggled,
});

/** The time in another zone, to stand beside the event's own; short where there is only a start. */
export const ownTime = (start, end, zone, attributes = {}) => make("span", { class: "own-time", ...attributes },
  make("time", { datetime: start, title: elsewhere(start, zone).date },
    end ? inWords(start, end, zone) : inShort(start, zone)));

/** A region that tells what changed, without moving the focus. */
export const status = (attributes = {}) => make("p", { role: "status", ...attributes });

export const quietButton = (label, clicked, attributes = {}) =>
  make("button", { type: "button", class: "button button-quiet", click: clicked, ...attributes }, label);

/** Puts the clock as the address asks; then the host begins with words that say so, and a way back. */
export function rehearse(host, zone) {
  const at = rehearsed(location.search, zone);
  if (at === undefined) return;
  putClock(at);
  const { date, time } = wallOf(at, zone);
  const address = new URL(location.href);
  address.searchParams.delete("at");
  host.prepend(make("p", { class: "schedule-rehearsal" }, `Rehearsal: the clock of this page says ${date}, ${time}. `,
    make("a", { href: address.href }, "Back to the real time")));
}

/** Pieces of markup that several of the schedule's elements make. */
import { putClock } from "../lib/clock.js";
import { make } from "../lib/make.js";
import { rehearsed } from "./now.js";
import { subscribe } from "../lib/storage.js";
import { KEY, allZones, chooseZone, elsewhere, inShort, inWords, readerZone, shownZone, wallOf } from "./times.js";

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

/** A labelled choice of a zone to show next to the event’s, kept for all pages; calls back when it changes here or in another tab. */
export function zoneChoice(eventZone, changed) {
  const own = readerZone();
  const others = allZones().filter((zone) => zone !== own && zone !== eventZone);
  const select = make("select", { change: () => choose(select.value, own, changed) },
    make("option", { value: "" }, "no other place"),
    make("option", { value: own }, `${own} (yours)`),
    make("optgroup", { label: "All zones" }, others.map((zone) => make("option", { value: zone }, zone))));
  const show = () => {
    const zone = shownZone();
    select.value = zone;
    // A zone that this browser's own list leaves out, or the event's.
    if (select.value !== zone) select.value = "";
  };
  show();
  subscribe((key) => {
    if (key !== null && key !== KEY) return;
    show();
    changed();
  });
  return make("label", { class: "schedule-zone" }, make("span", {}, "Also show times in"), select);
}

function choose(zone, own, changed) {
  chooseZone(zone === own ? undefined : zone);
  changed();
}

/** The choice of a zone to show beside the event's, remembered for all pages. */
import { make } from "../lib/make.js";
import { subscribe } from "../lib/storage.js";
import { KEY, allZones, chooseZone, readerZone, shownZone } from "./times.js";

/** A labelled choice; calls back when it changes here or in another tab. */
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

/**
 * Clocks on walls: what an instant is called in a zone, and which zone the reader wants to see.
 *
 * The event's own time is never replaced; what is made here stands beside it.
 */
import { read, write } from "../lib/storage.js";

/** Where the reader's choice is kept, for all events and pages. */
export const KEY = "schedule:zone";
const DAY = 86_400_000;
const formats = new Map();

/** The zone that the device is in. */
export const readerZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that the reader wants to see: the device's unless chosen otherwise, "" for none. */
export function shownZone() {
  const kept = read(KEY);
  return kept === "" || isZone(kept) ? kept : readerZone();
}

/** Remembers a choice; undefined is to follow the device. */
export const chooseZone = (zone) => write(KEY, zone);

function isZone(name) {
  try {
    return typeof name === "string" && Boolean(formatOf(name));
  } catch {
    return false;
  }
}

/** Every zone that the browser knows. */
export const allZones = () => ["UTC", ...(Intl.supportedValuesOf?.("timeZone") ?? []).filter((zone) => zone !== "UTC")];

/** What people call it: `America/Argentina/Buenos_Aires` is Buenos Aires. */
export const cityOf = (zone) => zone.replace(/^.*\//, "").replaceAll("_", " ");

/** The date and time that a clock in the zone shows at an instant. */
export function wallOf(instant, zone) {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(instant).map(({ type, value }) => [type, value]));
  return { date: `${parts.year.padStart(4, "0")}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

function formatOf(zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }));
  }
  return formats.get(zone);
}

/** The instant of an ISO text, which without an offset is a wall clock's of the zone; NaN when none. */
export function instantOf(text, zone) {
  if (/(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10))) return Date.parse(text);
  const wanted = Date.parse(text.length > 10 ? `${text}Z` : `${text}T00:00Z`);
  const shift = (instant) => asUtc(wallOf(instant, zone)) - Math.floor(instant / 60_000) * 60_000;
  // The first guess may be on the other side of a clock change.
  return Number.isNaN(wanted) ? wanted : wanted - shift(wanted - shift(wanted));
}

const asUtc = ({ date, time }) => Date.parse(`${date}T${time}Z`);

/** A time of the event on a clock elsewhere, and how many days the date there is ahead. */
export function elsewhere(iso, zone) {
  const { date, time } = wallOf(Date.parse(iso), zone);
  return { date, time, days: Math.round((Date.parse(date) - Date.parse(iso.slice(0, 10))) / DAY) };
}

/** Whether a clock in the zone ever shows another time than the event's. */
export const differs = (isos, zone) => isos.some((iso) => {
  const { time, days } = elsewhere(iso, zone);
  return days !== 0 || time !== iso.slice(11, 16);
});

/** `20:30 to 21:20 in Auckland, +1 day`; where both ends are the same, one time is enough. */
export function inWords(start, end, zone) {
  const [from, to] = [elsewhere(start, zone), elsewhere(end, zone)];
  if (start === end) return `${from.time} in ${cityOf(zone)}${marked(from.days)}`;
  const early = from.days === to.days ? "" : marked(from.days).replace(", ", " ");
  return `${from.time}${early}–${to.time} in ${cityOf(zone)}${marked(to.days)}`;
}

/** The same of a start alone, as short as it can be named. */
export function inShort(start, zone) {
  const { time, days } = elsewhere(start, zone);
  return `${time} ${cityOf(zone)}${marked(days)}`;
}

const marked = (days) =>
  days ? `, ${days > 0 ? "+" : "−"}${Math.abs(days)} ${Math.abs(days) === 1 ? "day" : "days"}` : "";

/** A calendar file of all-day events, which every calendar shows; tasks few do. */
import { calendarFile, escaped, stamp } from "../lib/ics.js";
import { addDays } from "./state.js";

/** The calendar: `events` are {uid, date, summary, url}, `now` is a Date. */
export function calendar(title, events, now) {
  return calendarFile("Checklist", title, events.map(({ uid, date, summary, url }) => [
    `UID:${uid}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART;VALUE=DATE:${compact(date)}`,
    `DTEND;VALUE=DATE:${compact(addDays(date, 1))}`,
    `SUMMARY:${escaped(summary)}`,
    `URL:${url}`,
    "TRANSP:TRANSPARENT",
  ]));
}

const compact = (date) => date.replaceAll("-", "");

/** A calendar file of all-day events (RFC 5545), which every calendar shows; tasks few do. */
import { addDays } from "./state.js";

/** The calendar: `events` are {uid, date, summary, url}, `now` is a Date. */
export function calendar(title, events, now) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hallway//Checklist//EN",
    `X-WR-CALNAME:${escaped(title)}`];
  for (const { uid, date, summary, url } of events) {
    lines.push("BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(date)}`, `DTEND;VALUE=DATE:${compact(addDays(date, 1))}`,
      `SUMMARY:${escaped(summary)}`, `URL:${url}`, "TRANSP:TRANSPARENT", "END:VEVENT");
  }
  return [...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
}

const compact = (date) => date.replaceAll("-", "");

/** Section 3.3.11. */
const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** Section 3.1: no line is longer than 75 octets, and no character is cut in two. */
function folded(line) {
  const lines = [""];
  let room = 75;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (size > room) {
      lines.push(" ");
      room = 74;
    }
    lines[lines.length - 1] += character;
    room -= size;
  }
  return lines.join("\r\n");
}

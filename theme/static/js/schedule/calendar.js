/** Chosen sessions as a calendar file, with the UIDs and stamps of the published one. */
import { calendarFile, escaped, stamp } from "../lib/ics.js";

const STATUS = { tentative: "TENTATIVE", cancelled: "CANCELLED" };

/**
 * The file. Times are UTC, which is right in every calendar and needs no table of zones; sessions
 * without a time are left out. `now` stamps only what the programme gives no revision of, since a
 * stamp that moves looks like a change (section 3.8.7.2).
 */
export function calendar(title, sessions, { revised, now, address }) {
  const timed = sessions.filter(({ start }) => start != null);
  return calendarFile("Schedule", title, timed.map((session) => {
    const { uid, sequence, status, title: summary, url } = session;
    const revision = stamp(new Date(session.revised ?? revised ?? now));
    return [
      `UID:${uid}`,
      `DTSTAMP:${revision}`,
      `LAST-MODIFIED:${revision}`,
      `SEQUENCE:${sequence ?? 0}`,
      `DTSTART:${stamp(new Date(session.start))}`,
      // An end that nobody announced is not ours to put into a calendar.
      session.end != null && session.endKnown !== false && `DTEND:${stamp(new Date(session.end))}`,
      `SUMMARY:${escaped(summary)}`,
      session.roomNames && `LOCATION:${escaped(session.roomNames)}`,
      session.speakers.length > 0 && `DESCRIPTION:${escaped(session.speakers.join(", "))}`,
      url && `URL:${new URL(url, address).href}`,
      `STATUS:${STATUS[status] ?? "CONFIRMED"}`,
    ].filter(Boolean);
  }));
}

/** Chosen sessions as a calendar file, with the UIDs, revisions and stamps of the published one. */
import { calendarFile, escaped, stamp } from "../lib/ics.js";

const STATUS = { tentative: "TENTATIVE", cancelled: "CANCELLED" };

/**
 * The file. Times are UTC, which is right in every calendar and needs no table of zones; sessions
 * without a time are left out. `place` is the event's, `address` that of the page.
 */
export function calendar(title, sessions, { place, address }) {
  const timed = sessions.filter(({ start }) => start != null);
  return calendarFile("Schedule", title, timed.map((session) => {
    const { uid, sequence, status, title: summary, url } = session;
    const rooms = session.everywhere ? session.roomNames.replace(/^a/, "A") : session.roomNames;
    const revision = stamp(new Date(session.revised));
    return [
      `UID:${uid}`,
      `DTSTAMP:${revision}`,
      `LAST-MODIFIED:${revision}`,
      `SEQUENCE:${sequence}`,
      `DTSTART:${stamp(new Date(session.start))}`,
      // An end that nobody announced is not ours to put into a calendar.
      session.end != null && session.endKnown !== false && `DTEND:${stamp(new Date(session.end))}`,
      `SUMMARY:${escaped(summary)}`,
      `LOCATION:${escaped([rooms, place].filter(Boolean).join(", ") || title)}`,
      session.speakers.length > 0 && `DESCRIPTION:${escaped(session.speakers.join(", "))}`,
      url && `URL:${new URL(url, address).href}`,
      `STATUS:${STATUS[status] ?? "CONFIRMED"}`,
    ].filter(Boolean);
  }));
}

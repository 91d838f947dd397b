/**
 * What is on at an instant, what overlaps, and where an event is in time.
 *
 * A session is {id, start, end, status}, an event {starts, ends}; times are milliseconds.
 */
import { instantOf } from "./times.js";

const ASSUMED = 30 * 60_000;
const SOON = 12 * 3_600_000;
const LEAST_GAP = 30 * 60_000;
const DAY = 86_400_000;

/** When a session is over; without an end it is taken to last half an hour. */
export const overAt = ({ start, end }) => end ?? start + ASSUMED;

/** Whether it has a time and takes place. */
export const isHeld = ({ start, status }) => start != null && status !== "cancelled";

/** The sessions that are past, on, and next; next are those that begin together, within hours. */
export function lookAt(sessions, instant) {
  const timed = sessions.filter(({ start }) => start != null);
  const coming = timed.filter((one) => isHeld(one) && one.start > instant);
  const soonest = Math.min(...coming.map(({ start }) => start));
  return {
    past: timed.filter((one) => overAt(one) <= instant),
    on: timed.filter((one) => isHeld(one) && one.start <= instant && instant < overAt(one)),
    next: coming.filter(({ start }) => start === soonest && start - instant <= SOON),
  };
}

/** Whether an instant is between the first start and the last end. */
export const isDuring = (sessions, instant) => {
  const held = sessions.filter(isHeld);
  return held.some(({ start }) => start <= instant) && held.some((one) => instant < overAt(one));
};

/** The instant to rehearse that an address names with `?at=`, in the event's zone; else undefined. */
export function rehearsed(search, zone) {
  // A plus in an address is a blank.
  const text = new URLSearchParams(search).get("at")?.trim().replace(" ", "+");
  const instant = text ? instantOf(text, zone) : NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

/** `in 5 min`, `in 2 h`, `in 1 h 20 min`. */
export const inWords = (span) => `in ${lengthInWords(Math.max(span, 0))}`;

/** `1 h 20 min`; a part of a minute counts as one. */
export function lengthInWords(span) {
  const minutes = Math.ceil(span / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours && `${hours} h`, (rest || !hours) && `${rest} min`].filter(Boolean).join(" ");
}

/** The sessions among `others` that a session overlaps; one may begin when the other ends. */
export const overlapping = (session, others) => isHeld(session) ? others.filter((other) =>
  other.id !== session.id && isHeld(other) && other.start < overAt(session) && session.start < overAt(other)) : [];

/** The free times of half an hour and more between the sessions of each day: {after, before, length}. */
export function gaps(sessions) {
  const found = [];
  let last;
  const inOrder = sessions.filter(isHeld).sort((a, b) => a.start - b.start || overAt(a) - overAt(b));
  for (const session of inOrder) {
    const length = last?.day === session.day ? session.start - overAt(last) : 0;
    if (length >= LEAST_GAP) found.push({ after: last, before: session, length });
    if (last?.day !== session.day || overAt(session) > overAt(last)) last = session;
  }
  return found;
}

/** `coming`, `on` or `over`. */
export function stateOf({ starts, ends }, instant) {
  if (instant < starts) return "coming";
  return instant < ends ? "on" : "over";
}

/** `On now`, `Tomorrow`, `In 12 days`, `Just over`, `Past event`; days are those of the calendar. */
export function stateInWords({ starts, ends }, instant) {
  const state = stateOf({ starts, ends }, instant);
  if (state === "on") return "On now";
  if (state === "over") return instant - ends < 14 * DAY ? "Just over" : "Past event";
  const days = Math.ceil((starts - instant) / DAY);
  if (days > 99) return "To come";
  return days > 1 ? `In ${days} days` : "Tomorrow";
}

/** Where chosen sessions are in each other's way, and where there is time between them. */
import { isHeld, overAt } from "./now.js";

const LEAST_GAP = 30 * 60_000;

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

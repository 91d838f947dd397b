/** An event's programme.json, fetched once for a page. */
import { fromProgramme } from "./sessions.js";

const fetched = new Map();

/** {title, zone, days, rooms, sessions, …} with sessions as sessions.js describes; fails offline. */
export function programmeAt(address, { isFresh = false } = {}) {
  if (isFresh || !fetched.has(address)) fetched.set(address, load(address));
  return fetched.get(address);
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const programme = await answer.json();
  return { ...programme, sessions: fromProgramme(programme) };
}

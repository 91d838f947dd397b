/**
 * What a reader looks for: tracks, rooms, kinds, languages, a text, own stars.
 *
 * Filters are {track, room, kind, language: arrays of ids, text, mine}; within one facet any id
 * will do, and all facets must agree. The address has each id as a parameter of its own.
 */
import { wordsOf } from "../lib/fold.js";

export const FACETS = ["track", "room", "kind", "language"];

/** The filters that an address asks for. */
export function fromQuery(search) {
  const query = new URLSearchParams(search);
  const filters = Object.fromEntries(FACETS.map((facet) => [facet, query.getAll(facet).filter(Boolean)]));
  return { ...filters, text: query.get("text") ?? "", mine: query.has("mine") };
}

/** The query of an address with these filters; what else it says stays. */
export function toQuery(filters, search) {
  const query = new URLSearchParams(search);
  for (const name of [...FACETS, "text", "mine"]) query.delete(name);
  for (const facet of FACETS) for (const id of [...filters[facet]].sort()) query.append(facet, id);
  if (filters.text.trim()) query.set("text", filters.text.trim());
  if (filters.mine) query.set("mine", "1");
  // What needs no escape in a query stays readable: `?at=2026-10-24T10:00`.
  const text = query.toString().replaceAll("%3A", ":");
  return text && `?${text}`;
}

/** How many filters are set. */
export const countOf = (filters) => FACETS.reduce((sum, facet) => sum + filters[facet].length, 0)
  + Boolean(filters.text.trim()) + Boolean(filters.mine);

/**
 * Tells whether a session fits: {id, track, rooms, kind, language, text}, the text folded.
 * One that is in no room in particular is in all of them.
 */
export function matcher(filters, stars) {
  const words = wordsOf(filters.text);
  const among = (facet, id) => !filters[facet].length || filters[facet].includes(id);
  const isThere = ({ rooms }) => !filters.room.length || !rooms.length || rooms.some((id) => filters.room.includes(id));
  return (session) => among("track", session.track) && among("kind", session.kind)
    && among("language", session.language) && isThere(session)
    && (!filters.mine || stars.includes(session.id))
    && words.every((word) => session.text.includes(word));
}

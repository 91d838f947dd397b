/**
 * What changed in a programme since the reader's last visit.
 *
 * The device keeps, for each day that the reader saw whole, {id: [start, rooms, status, title]};
 * nothing leaves it. Until the reader has seen a change, the day is kept as it was.
 */
import { read, write } from "../lib/storage.js";

const place = (event) => `schedule:${event}:seen`;
const isRecord = (value) => Object.values(value ?? {}).every((day) =>
  Object.values(day ?? [0]).every((one) => Array.isArray(one)));

/** The days as the reader last saw them; undefined on the first visit. */
export function seenDays(event) {
  const kept = read(place(event));
  return kept !== undefined && isRecord(kept) ? kept : undefined;
}

/** From now on these days are seen. */
export const keepDays = (event, days) => write(place(event), { ...seenDays(event), ...days });

/** The days of sessions {id, day, startIso, roomNames, status, title}, as they are kept. */
export function daysOf(sessions) {
  const days = {};
  for (const { id, day, startIso, roomNames, status, title } of sessions) {
    (days[day] ??= {})[id] = [startIso ?? "", roomNames, status, title];
  }
  return days;
}

/**
 * What differs: `marks` has words for each id of today, `removed` the titles of what is gone,
 * which is only known when all days that were seen are here again. A day never seen is not news.
 */
export function compare(seen, today) {
  const before = new Map(Object.values(seen).flatMap(Object.entries));
  const marks = new Map();
  for (const [day, sessions] of Object.entries(today)) {
    for (const [id, now] of Object.entries(sessions)) {
      const words = before.has(id) ? difference(before.get(id), now) : day in seen && "new";
      if (words) marks.set(id, words);
    }
  }
  const here = new Set(Object.values(today).flatMap(Object.keys));
  const isWhole = Object.keys(seen).every((day) => day in today);
  return { marks, removed: isWhole ? [...before].filter(([id]) => !here.has(id)).map(([, [, , , title]]) => title) : [] };
}

function difference([start, rooms, status, title], [newStart, newRooms, newStatus, newTitle]) {
  const was = [
    start !== newStart && whenInWords(start, newStart),
    rooms !== newRooms && (rooms || "without a room"),
    status !== newStatus && newStatus !== "cancelled" && newStatus !== "moved" && status,
    title !== newTitle && `called “${title}”`,
  ].filter(Boolean);
  const isCancelled = status !== newStatus && newStatus === "cancelled" && "cancelled";
  return [isCancelled, was.length && `was ${was.join(", ")}`].filter(Boolean).join(", ");
}

function whenInWords(iso, other) {
  if (!iso) return "without a time";
  return iso.slice(0, 10) === other.slice(0, 10) ? iso.slice(11, 16) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

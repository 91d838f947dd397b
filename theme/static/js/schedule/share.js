/**
 * Chosen sessions in the fragment of a link, where no server sees them.
 *
 * Each session is five characters made from its id, one after the other, sorted: a link is short
 * enough for a QR code, is the same whatever the order, and what it names that is no longer in the
 * programme does not disturb the rest.
 */
const SIZE = 5;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The fragment that names these sessions. */
export const toFragment = (ids) => `#stars=${[...new Set(ids.map(short))].sort().join("")}`;

/** What a fragment names: ids of the programme, and how many others; undefined when it names none. */
export function fromFragment(fragment, known) {
  const text = new URLSearchParams(fragment.replace(/^#/, "")).get("stars");
  if (!text) return undefined;
  const wanted = new Set(text.match(/[\w-]{5}/g));
  const ids = known.filter((id) => wanted.has(short(id)));
  const found = new Set(ids.map(short));
  return { ids, unknown: [...wanted].filter((one) => !found.has(one)).length };
}

/** 30 bits of an id, by FNV-1a over its UTF-8 bytes, with a final stir. */
function short(id) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return Array.from({ length: SIZE }, (_, i) => LETTERS[(hash >>> (6 * i)) & 63]).join("");
}

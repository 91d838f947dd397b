/**
 * What a reader filled in: kept on this device only, by page, and by name for all pages when the
 * reader agrees. Values in the address's fragment (`#fill&database=prod`) are only shown until the
 * reader says that they are to be used; then they come first, and are never kept.
 */
import { keys, read, subscribe, write } from "../lib/storage.js";

const PREFIX = "value:";
const PAGE = PREFIX + location.pathname;
const SITE = `${PREFIX}*`;
const AGREED = `${PREFIX}agreed`;
const MOST = 200;
const watchers = new Set();
let linked = fromFragment();
let isUsed = false;

/** The value on one line, since a line break would run what stands before it, and as it is read. */
function clean(value) {
  return value.replace(/\p{Bidi_C}/gu, "").replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").slice(0, MOST);
}

function fromFragment() {
  const words = new URLSearchParams(location.hash.slice(1));
  if (!words.has("fill")) return {};
  words.delete("fill");
  return Object.fromEntries([...words].map(([name, value]) => [name, clean(value)]));
}

const kept = (key) => {
  const record = read(key);
  return record && typeof record === "object" ? record : {};
};
const own = (record, name) => (Object.hasOwn(record, name) ? String(record[name]) : undefined);
const tell = () => watchers.forEach((watcher) => watcher());

export const isAgreed = () => read(AGREED) === true;

/** The values that the link brought and nobody decided about yet. */
export const brought = () => (isUsed ? {} : linked);

/** What the reader chose for a name, the nearest first; undefined when nothing. */
export const candidates = (name) =>
  [isUsed ? own(linked, name) : undefined, own(kept(PAGE), name), isAgreed() ? own(kept(SITE), name) : undefined].filter(
    (value) => value !== undefined,
  );

/** Fills the page with the values of the link, until it is left. */
export function useLinked() {
  isUsed = true;
  tell();
}

/** Keeps a value; undefined goes back to the default. */
export function set(name, value) {
  delete linked[name];
  for (const key of isAgreed() ? [PAGE, SITE] : [PAGE]) {
    const { [name]: _, ...others } = kept(key);
    const record = value === undefined ? others : { ...others, [name]: clean(value) };
    write(key, Object.keys(record).length ? record : undefined);
  }
  tell();
}

/** Uses this page's values on the others too, or stops that and forgets them there. */
export function agree(isOn) {
  write(AGREED, isOn || undefined);
  write(SITE, isOn ? { ...kept(SITE), ...kept(PAGE) } : undefined);
  tell();
}

/** Forgets every value on this device, of all pages, and those in the address. */
export function forget() {
  for (const key of keys(PREFIX)) write(key, undefined);
  unlink();
}

/** Leaves out the values of the link, also in the address. */
export function unlink() {
  if (Object.keys(fromFragment()).length) history.replaceState(history.state, "", location.pathname + location.search);
  linked = {};
  isUsed = false;
  tell();
}

/** The address of this page with values in its fragment, which no server sees. */
export function link(values) {
  const words = new URLSearchParams(values);
  return `${location.href.split("#")[0]}#fill&${words}`;
}

/** Calls back whenever a value may have changed, in this tab or another; answers how to stop. */
export function watch(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

subscribe((key) => (key === null || key.startsWith(PREFIX)) && tell());
addEventListener("hashchange", () => {
  const more = fromFragment();
  if (!Object.keys(more).length) return;
  linked = { ...linked, ...more };
  isUsed = false;
  tell();
});

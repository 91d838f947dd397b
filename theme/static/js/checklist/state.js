/**
 * The states of a checklist: their sum, their form in a link and on the device, and how they are found
 * again after an edit. No document, no storage: data in, data out. One file, since every checklist
 * loads all of it, and one file is shorter than three.
 *
 * An item is {key, section, words, text, state, due, parent, leaf}: `state` is its author's,
 * `parent` the index of the item above or -1. States are an object of leaf keys.
 */

/** The author's own states of all leaves. */
export const defaults = (items) =>
  Object.fromEntries(items.filter((item) => item.leaf).map((item) => [item.key, item.state]));

/** The leaves at or below an item. */
export const leaves = (items, index) =>
  items.filter((item, i) => {
    let at = i;
    while (at > index) at = items[at].parent;
    return item.leaf && at === index;
  });

/** The state of every item, by index: a parent's comes from its leaves. */
export const derive = (items, states) =>
  items.map((item, index) =>
    item.leaf ? states[item.key] : together(leaves(items, index).map((leaf) => states[leaf.key])));

function together(states) {
  const counted = states.filter((state) => state !== "skipped");
  if (!counted.length) return states.length ? "skipped" : "open";
  return counted.every((state) => state === counted[0]) ? counted[0] : "doing";
}

/** The states after an item and all below it were set; ticking passes over what does not apply. */
export function set(items, states, index, state) {
  const changed = { ...states };
  for (const { key, leaf } of leaves(items, index)) {
    const keeps = !items[index].leaf && state !== "skipped" && states[key] === "skipped";
    if (leaf && !keeps) changed[key] = state;
  }
  return changed;
}

/** How many leaves count, are done, in progress, and do not apply. */
export function count(items, states) {
  const of = (state) => items.filter((item) => item.leaf && states[item.key] === state).length;
  const skipped = of("skipped");
  return {
    all: items.filter((item) => item.leaf).length - skipped,
    done: of("done"),
    doing: of("doing"),
    skipped,
  };
}

/** `3 of 12 done, 1 in progress, 2 not applicable`. */
export const inWords = ({ all, done, doing, skipped }) =>
  [`${done} of ${all} done`, doing && `${doing} in progress`, skipped && `${skipped} not applicable`]
    .filter(Boolean).join(", ");

/** The date `days` after an ISO date, as an ISO date; calendar days, so no clock change matters. */
export function addDays(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// As a link and the device hold it

export const LETTERS = { o: "open", d: "doing", x: "done", n: "skipped" };

/** The states and the day in a fragment; undefined when it is not of this list. */
export function fromFragment(fragment, name, items) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  if (words.get("checklist") !== name) return undefined;
  const states = Object.fromEntries(items.filter((i) => i.leaf).map((i) => [i.key, i.state]));
  for (const [letter, state] of Object.entries(LETTERS)) {
    for (const key of (words.get(letter) ?? "").split(",")) if (Object.hasOwn(states, key)) states[key] = state;
  }
  return { states, day: dayOf(words.get("day")) };
}

/** An ISO date, or nothing for what is none. */
export const dayOf = (day) =>
  /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : "";

/** What is kept on the device, and what a file holds: every item by key, and the day. */
export const toRecord = (items, states, day) => ({
  version: 1,
  day,
  items: Object.fromEntries(items.map((i) => [i.key, [i.words, i.leaf ? states[i.key] : ""]])),
});

/** Whether a value, perhaps from a file of anything, is such a record. */
export const isRecord = (value) => value?.version === 1 && Object.values(value.items ?? [0]).every(
  (one) => typeof one?.[0] === "string" && ["", ...Object.values(LETTERS)].includes(one[1]));

/**
 * Finds the items of an earlier visit in the list of today.
 *
 * A kept item is [words, state]; a parent's state is "". The same id is the same item. Else an item
 * is found again only when nothing but its place changed, or its words a little in its own section,
 * and no other item comes near: better a tick forgotten than a tick that nobody gave.
 */
const NEAR = 0.8;
const CLEAR = 0.1;
const LIKE = 0.7;

// Matches what turns a sentence round, and every number; a change of these is no small one.
const FIXED = /\p{N}|^(not?|never|without|cannot|(do|does|is|wo|ca|must|should)nt|nicht|kein\w*|ohne|pas|sans|sin|[不没無无未勿别])$/u;

const isNamed = (key) => !key.includes("~");
const sectionOf = (key) => key.split("~")[0];

/** The words of a text; Han and Kana, which are written without blanks, sign by sign. */
const wordsOf = (text) => text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[^\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]+/gu) ?? [];

/**
 * How alike two texts are, from 0 to 1: words were misspelt, or came, or went. Where one went and
 * another came, or they changed places, it is another item: 0.
 */
export function similarity(a, b) {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const fixed = (words) => words.filter((word) => FIXED.test(word)).join();
  if (fixed(left) !== fixed(right)) return 0;
  let [both, at, gone, come] = [0, 0, 0, 0];
  for (const word of left) {
    const next = right.findIndex((other, i) => i >= at && alike(word, other) >= LIKE);
    if (next < 0) {
      gone += 1;
    } else {
      both += alike(word, right[next]);
      come += next - at;
      at = next + 1;
    }
  }
  return gone && come + right.length - at ? 0 : (2 * both) / (left.length + right.length);
}

/** How alike two words are by their pairs of letters; `locked` and `unlocked` are not at all. */
function alike(a, b) {
  if (a === b) return 1;
  const isLonger = Math.abs(a.length - b.length) < 3 && (a.startsWith(b) || b.startsWith(a));
  if (a[0] !== b[0] || !(isLonger || Math.min(a.length, b.length) > 4)) return 0;
  const pairs = (word) => [...word].slice(1).map((letter, i) => [...word][i] + letter);
  const rest = pairs(b);
  const shared = pairs(a).filter((pair) => rest.includes(pair) && rest.splice(rest.indexOf(pair), 1));
  return (2 * shared.length) / (a.length + b.length - 2);
}

/**
 * What became of the kept items: `states` by the key of today, `added` and `edited` keys of today,
 * `removed` words of then.
 */
export function match(kept, items) {
  const old = new Map(Object.entries(kept));
  const found = { states: {}, edited: [] };
  const take = (item, key) => {
    const [words, state] = old.get(key);
    if (item.leaf && state) found.states[item.key] = state;
    if (words !== item.words) found.edited.push(item.key);
    old.delete(key);
  };
  dropDoubtful(old, items);
  const fresh = new Set(items);
  const pair = (item, key) => fresh.delete(item) && take(item, key);
  for (const item of items) if (old.has(item.key)) pair(item, item.key);
  for (const { item, key } of nearest([...fresh], old)) pair(item, key);
  return { ...found, added: [...fresh].map((i) => i.key), removed: [...old.values()].map(([words]) => words) };
}

/** Of items that say the same under one parent (`~a`, `~a-2`), nobody knows which one went or came. */
function dropDoubtful(old, items) {
  const base = (key) => (isNamed(key) ? key : key.replace(/(~\w+)-\d+$/, "$1"));
  const like = (keys, key) => keys.filter((other) => base(other) === base(key)).length;
  const [then, now] = [[...old.keys()], items.map((item) => item.key)];
  for (const key of then) {
    if (like(then, key) > 1 && like(then, key) !== like(now, key)) old.delete(key);
    if (like(then, key) === 1 && like(now, key) > 1) old.delete(key);
  }
}

/** Pairs of an item and a kept key that are each other's one clear best. */
function nearest(items, old) {
  const all = [];
  for (const item of items) {
    for (const [key, [words]] of old) {
      const [mine, its] = [isNamed(item.key), isNamed(key)];
      const isNear = mine || its ? mine !== its : sectionOf(item.key) === sectionOf(key);
      const score = words === item.words && !(mine && its) ? 1 : isNear && similarity(words, item.words);
      if (score > NEAR - CLEAR) all.push({ item, key, score });
    }
  }
  return all.filter((pair) => pair.score >= NEAR && all.every((other) => other === pair
    || (other.item !== pair.item && other.key !== pair.key) || other.score <= pair.score - CLEAR));
}

/**
 * Finds the items of an earlier visit in the list of today.
 *
 * A kept item is [words, state]; a parent's state is "". The same id is the same item. Else an item
 * is found again only when nothing but its place changed, or its words a little in its own section,
 * and no other item comes near: better a tick forgotten than a tick that nobody gave.
 */
const NEAR = 0.8;
const CLEAR = 0.1;

// Matches what turns a sentence round, and every number; a change of these is no small one.
const FIXED = /\p{N}|^(not?|never|without|cannot|(do|does|is|wo|ca|must|should)nt|nicht|kein\w*|ohne|pas|sans|sin)$/u;

const isNamed = (key) => !key.includes("~");
const sectionOf = (key) => key.split("~")[0];

/** How alike two texts are, word by word, from 0 to 1. */
export function similarity(a, b) {
  const [left, right] = [a.split(" "), b.split(" ")];
  const fixed = (words) => words.filter((word) => FIXED.test(word)).sort().join();
  return fixed(left) === fixed(right) ? dice(left, right, (x, y) => dice(pairs(x), pairs(y))) : 0;
}

const pairs = (word) => (word.length < 2 ? [word] : [...word].slice(1).map((c, i) => [...word][i] + c));

/** Dice's coefficient: what two lists share, of all that they hold. */
function dice(left, right, alike = (x, y) => Number(x === y)) {
  const rest = [...right];
  let both = 0;
  for (const one of left) {
    const scores = rest.map((other) => alike(one, other));
    const best = Math.max(0, ...scores);
    if (best < 0.5) continue;
    both += best;
    rest.splice(scores.indexOf(best), 1);
  }
  return (2 * both) / (left.length + right.length);
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

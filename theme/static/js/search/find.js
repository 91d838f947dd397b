/** Which entries have all the words, the best first. */
import { fold } from "../lib/fold.js";

const LETTER = /[\p{L}\p{N}\p{M}]/u;

/** Entries of the files at these addresses, each with its texts ready to be compared. */
export async function load(addresses) {
  return (await Promise.all(addresses.map(fetched))).flat().map(entryOf);
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// The fields as plugins/search/model.py has them; texts that count most come first.
function entryOf([url, title, kind, when, lang, partOf, tags, people, text, headings]) {
  const names = [...headings.map(([heading]) => heading), ...tags, ...people];
  const texts = [title, names.join("\n"), [text, partOf, kind].join("\n")].map(fold);
  return { url, title, kind, when, lang, partOf, tags, people, text, headings, texts };
}

/**
 * The entries that have every word. Of two, that one is first which has them in its title; then in
 * headings, tags and names; then in its text; there as whole words, at the beginning of words, or
 * inside; then the newer one.
 */
export function find(entries, words) {
  return entries
    .map((entry) => ({ entry, cost: words.reduce((sum, word) => sum + cost(entry.texts, word), 0) }))
    .filter((found) => found.cost < Infinity)
    .sort((a, b) => a.cost - b.cost || compare(b.entry.when, a.entry.when) || compare(a.entry.url, b.entry.url))
    .map(({ entry }) => entry);
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));

function cost(texts, word) {
  const field = texts.findIndex((text) => text.includes(word));
  return field < 0 ? Infinity : 3 * field + place(texts[field], word);
}

/** 0 for a whole word, 1 for the beginning of one, 2 for a place inside: the best there is. */
function place(text, word) {
  let best = 2;
  for (let at = text.indexOf(word); at >= 0 && best; at = text.indexOf(word, at + 1)) {
    if (isLetter(text[at - 1])) continue;
    best = isLetter(text[at + word.length]) ? 1 : 0;
  }
  return best;
}

const isLetter = (character) => character !== undefined && LETTER.test(character);

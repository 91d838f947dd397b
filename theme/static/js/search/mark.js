/** Matched words in <mark>. */
import { fold } from "../lib/fold.js";
import { make } from "../lib/make.js";

/** The text in pieces: strings, and a <mark> around each stretch that one of the words matches. */
export function marked(text, words) {
  const characters = [...text.normalize("NFC")];
  const folded = characters.map(fold);
  const owners = folded.flatMap((piece, owner) => Array(piece.length).fill(owner));
  const whole = folded.join("");
  const isMatched = new Set();
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
      owners.slice(at, at + word.length).forEach((owner) => isMatched.add(owner));
    }
  }
  // An accent goes with its letter.
  const flags = [];
  folded.forEach((piece, index) => flags.push(piece ? isMatched.has(index) : Boolean(flags[index - 1])));
  return stretches(characters, flags).map(([piece, isMark]) => (isMark ? make("mark", {}, piece) : piece));
}

function stretches(characters, flags) {
  const found = [];
  characters.forEach((character, index) => {
    const last = found.at(-1);
    if (last?.[1] === flags[index]) last[0] += character;
    else found.push([character, flags[index]]);
  });
  return found;
}

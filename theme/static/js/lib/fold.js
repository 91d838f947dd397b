/**
 * Texts as they are compared: without case, accents, and the forms that Unicode has for one letter.
 *
 * Accents are those of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic, which
 * people leave out when they type. In other scripts such marks make another letter, and stay.
 */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const LETTERS = { æ: "ae", œ: "oe", ß: "ss", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ" };
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** The text, ready to be compared. */
export const fold = (text) => text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC")
  .toLowerCase().replace(LETTER, (letter) => LETTERS[letter]);

/** The words of a text, each once, ready to be compared. */
export const wordsOf = (text) => [...new Set(fold(text).split(/[\s,;()"“”„«»、。]+/u).filter(Boolean))];

/**
 * Puts values into a command's text, each quoted as its place needs.
 *
 * The tables are those of plugins/command/holes.py and values.py; tests/command/cases/quoting.json and
 * takes.json hold for both.
 */
const SAFE = /^(?!=)[\w@%+=:,./-]+$/;
const SAFE_WINDOWS = /^(?![=%@])[\w@%+=:./-]+$/;
const wrapped = (safe, escaped) => (value) => (safe.test(value) ? value : `'${value.replaceAll("'", escaped)}'`);
const marked = (pattern, mark) => (value) => value.replace(pattern, (found) => mark + found);
const recalling = (value) => value.replace(/[!^]+/g, (found) => `"'${found}'"`);

const QUOTINGS = {
  word: wrapped(SAFE, "'\\''"),
  windows: wrapped(SAFE_WINDOWS, "''"),
  single: (value) => value.replaceAll("'", "'\\''"),
  doubled: (value) => value.replaceAll("'", "''"),
  double: (value) => recalling(marked(/[\\"$`]/g, "\\")(value)),
  here: marked(/[\\$`]/g, "\\"),
  tick: marked(/[`"$]/g, "`"),
  python: marked(/[\\'"]/g, "\\"),
};

/** The value as it must be written at a place, so that it stays one value. */
export const quote = (value, quoting) => (QUOTINGS[quoting] ?? String)(value);

const TAKEN = {
  argument: /^[^-]/,
  safe: /^(?![-=])[\w@%+=:,./-]+$/,
  name: /^[\w.][\w.-]*$/,
  offered: /^\d+$/,
};

/** Whether a value that the page does not offer may stand at a place of this kind; the build decided which it is. */
export const takes = (value, accepts) => TAKEN[accepts].test(value);

/** The text with every `{{name}}` filled; `\{{name}}` gives the braces, `${{name}}` stays. */
export function fill(text, quotings, valueOf) {
  let index = 0;
  return text.replace(/([\\$]?)\{\{[ \t]*([a-z][a-z0-9_]*)[ \t]*\}\}/g, (whole, before, name) => {
    if (before) return before === "\\" ? whole.slice(1) : whole;
    return quote(valueOf(name), quotings[index++]);
  });
}

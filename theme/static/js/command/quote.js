/**
 * Puts values into a command's text, each quoted as its place needs.
 *
 * The table is that of plugins/command/holes.py; tests/command/cases/quoting.json holds for both.
 */
const SAFE = /^[\w@%+=:,./-]+$/;
const wrapped = (escaped) => (value) => (SAFE.test(value) ? value : `'${value.replaceAll("'", escaped)}'`);
const marked = (pattern, mark) => (value) => value.replace(pattern, (found) => mark + found);

const QUOTINGS = {
  word: wrapped("'\\''"),
  windows: wrapped("''"),
  single: (value) => value.replaceAll("'", "'\\''"),
  doubled: (value) => value.replaceAll("'", "''"),
  double: marked(/[\\"$`]/g, "\\"),
  here: marked(/[\\$`]/g, "\\"),
  tick: marked(/[`"$]/g, "`"),
  python: marked(/[\\'"]/g, "\\"),
};

/** The value as it must be written at a place, so that it stays one value. */
export const quote = (value, quoting) => (QUOTINGS[quoting] ?? String)(value);

/** Whether a value can stand at a place at all: where nothing quotes, only a few signs may. */
export const fits = (value, quoting) => quoting !== "plain" || SAFE.test(value);

/** The text with every `{{name}}` filled; `\{{name}}` gives the braces, `${{name}}` stays. */
export function fill(text, quotings, valueOf) {
  let index = 0;
  return text.replace(/([\\$]?)\{\{[ \t]*([a-z][a-z0-9_]*)[ \t]*\}\}/g, (whole, before, name) => {
    if (before) return before === "\\" ? whole.slice(1) : whole;
    return quote(valueOf(name), quotings[index++]);
  });
}

/** A checklist as Markdown, as text and as an address. */
import { LETTERS } from "./state.js";

const GLYPHS = { open: "☐", doing: "◐", done: "☑", skipped: "☐" };
const MARKS = { open: " ", doing: "/", done: "x", skipped: "-" };
const SAID = { doing: " (in progress)", skipped: " (not applicable)" };

/** The whole list as a task list, or with glyphs; `found` are the states of all items by index. */
export function toText(title, items, found, { isMarkdown = false } = {}) {
  const lines = [isMarkdown ? `## ${title}` : title, ""];
  items.forEach((item, index) => {
    const state = found[index];
    if (item.head && item.head !== title && item.head !== items[index - 1]?.head) {
      lines.push(...(index ? [""] : []), isMarkdown ? `### ${item.head}` : item.head, "");
    }
    const pad = " ".repeat((isMarkdown ? 4 : 2) * item.depth);
    const due = item.date ? ` (${item.date})` : "";
    const start = isMarkdown ? `- [${MARKS[state]}]` : GLYPHS[state];
    lines.push(`${pad}${start} ${item.text}${due}${isMarkdown ? "" : SAID[state] ?? ""}`);
  });
  return lines.join("\n");
}

/** `#checklist=x/list&x=room,~a1b2&day=2027-03-01`: only what differs from the author's states. */
export function toFragment(name, items, states, day) {
  const words = new URLSearchParams({ checklist: name });
  for (const [letter, state] of Object.entries(LETTERS)) {
    const keys = items.filter((i) => i.leaf && states[i.key] === state && i.state !== state);
    if (keys.length) words.set(letter, keys.map((item) => item.key).join(","));
  }
  if (day) words.set("day", day);
  return `#${words}`;
}

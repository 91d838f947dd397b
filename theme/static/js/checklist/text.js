/** A checklist as Markdown and as text. */
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

/** Gives every block of code in a text a button that copies it whole. */
import { copyText } from "./clipboard.js";
import { make } from "./make.js";

const SHOWN_FOR = 2000;

export function addCopyButtons() {
  for (const block of document.querySelectorAll(".prose > .highlight")) {
    const name = block.querySelector(".filename")?.textContent ?? "the code";
    const said = make("span", { class: "visually-hidden", role: "status" });
    block.append(make("button", { class: "code-copy", type: "button", "aria-label": `Copy ${name}`, click: ({ currentTarget }) => copy(block, currentTarget, said) }), said);
  }
}

async function copy(block, button, said) {
  const isDone = await copyText(block.querySelector("pre code, pre").textContent);
  said.textContent = isDone ? "Copied" : "Not copied: select the text instead.";
  button.toggleAttribute("data-done", isDone);
  setTimeout(() => button.removeAttribute("data-done"), SHOWN_FOR);
}

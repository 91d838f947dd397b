/** Gives every block of code in a text a button that copies it whole. */
import { copyText } from "./clipboard.js";

const SHOWN_FOR = 2000;

export function addCopyButtons() {
  for (const block of document.querySelectorAll(".prose > .highlight")) {
    const button = Object.assign(document.createElement("button"), { className: "code-copy", type: "button" });
    const said = Object.assign(document.createElement("span"), { className: "visually-hidden", role: "status" });
    button.setAttribute("aria-label", `Copy ${block.querySelector(".filename")?.textContent ?? "the code"}`);
    button.addEventListener("click", () => copy(block, button, said));
    block.append(button, said);
  }
}

async function copy(block, button, said) {
  const isDone = await copyText(block.querySelector("pre code, pre").textContent);
  said.textContent = isDone ? "Copied" : "Not copied: select the text instead.";
  button.toggleAttribute("data-done", isDone);
  setTimeout(() => button.removeAttribute("data-done"), SHOWN_FOR);
}

/**
 * <command-block> copies what is typed: the text stands in each button since the build, and only
 * placeholders are filled here. It says what was copied, and lets long lines wrap.
 */
import { fill, quote } from "../command/quote.js";
import { copyText } from "../lib/clipboard.js";
import { read, subscribe, write } from "../lib/storage.js";

const WRAP = "command-wrap";
const SHOWN_FOR = 2000;

export class CommandBlock extends HTMLElement {
  static define(tag = "command-block", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    this.said = this.querySelector(".command-said");
    this.wrap = this.querySelector(".command-wrap");
    for (const button of this.querySelectorAll(".command-copy")) button.hidden = false;
    this.onclick = (event) => this.clicked(event.target.closest("button"));
    this.oncopy = (event) => this.copySelection(event);
    this.stop = subscribe((key) => key === WRAP && this.showWrap());
    this.sized = new ResizeObserver(() => this.measure());
    for (const text of this.querySelectorAll("pre")) this.sized.observe(text);
    this.showWrap();
  }

  disconnectedCallback() {
    this.stop();
    this.sized.disconnect();
  }

  clicked(button) {
    if (button === this.wrap) this.toggleWrap();
    else if (button?.dataset.copy !== undefined) this.copy(button);
  }

  async copy(button) {
    const problem = this.problemOf(button);
    if (problem) return this.say(`Not copied. ${problem}`, { isShown: true });
    const { copy, quotings = "" } = button.dataset;
    const text = fill(copy, quotings.split(" "), (name) => this.place(name)?.value ?? "");
    if (!(await copyText(text))) return this.say("Not copied: select the text instead.", { isShown: true });
    this.say(`Copied ${button.querySelector("span")?.textContent ?? "all commands"}`);
    button.dataset.done = "";
    setTimeout(() => delete button.dataset.done, SHOWN_FOR);
  }

  place(name) {
    return this.querySelector(`place-holder[data-name="${name}"]`);
  }

  problemOf(button) {
    const places = (button.closest(".command-step") ?? this).querySelectorAll("place-holder:not([data-mirror])");
    return [...places].map((place) => place.problem).find(Boolean);
  }

  /** What stands in fields is no text to a browser: a copied selection gets it here. */
  copySelection(event) {
    const selection = getSelection();
    const range = selection.rangeCount && selection.getRangeAt(0);
    if (!range || range.collapsed || event.target.matches("input, select")) return;
    const part = range.cloneContents();
    const places = part.querySelectorAll("place-holder");
    const parent = range.commonAncestorContainer;
    if (!places.length || !(parent.closest ? parent : parent.parentElement).closest("pre")) return;
    const problem = [...places].map((place) => place.problem).find(Boolean);
    event.preventDefault();
    if (problem) {
      event.clipboardData.clearData();
      return this.say(`Not copied. ${problem}`, { isShown: true });
    }
    for (const place of places) place.replaceWith(quote(this.place(place.dataset.name).value, place.dataset.quoting));
    event.clipboardData.setData("text/plain", part.textContent);
  }

  say(text, { isShown = false } = {}) {
    this.said.classList.toggle("visually-hidden", !isShown);
    this.said.textContent = "";
    // A live region that gets the same words again stays silent, so it is emptied first.
    setTimeout(() => (this.said.textContent = text));
  }

  toggleWrap() {
    write(WRAP, read(WRAP) ? undefined : true);
    for (const block of document.querySelectorAll(this.localName)) block.showWrap?.();
  }

  showWrap() {
    const isOn = read(WRAP) === true;
    this.toggleAttribute("data-wrap", isOn);
    this.wrap.ariaPressed = String(isOn);
    this.measure();
  }

  /** Only where a line is too long there is something to wrap. */
  measure() {
    const isLong = [...this.querySelectorAll("pre")].some((text) => text.scrollWidth > text.clientWidth);
    this.wrap.hidden = !isLong && !this.hasAttribute("data-wrap");
  }
}

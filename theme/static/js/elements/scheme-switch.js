/**
 * <scheme-switch> holds three buttons: colours as the system has them, light, dark. Where there is
 * room for one only, it is that of the scheme in use, and leads to the next.
 *
 * The choice is `data-scheme` on the root, which tokens.css reads; it is kept on the device under
 * the name that scheme.js reads before the first paint, and followed in other open tabs.
 */
import { read, subscribe, write } from "../lib/storage.js";

const KEY = "scheme";
const SYSTEM = "system";

export class SchemeSwitch extends HTMLElement {
  static define(tag = "scheme-switch", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    this.addEventListener("click", this);
    this.leave = subscribe((key) => (key === KEY || key === null) && this.show());
    this.querySelector("[hidden]")?.removeAttribute("hidden");
    this.show();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    this.leave();
  }

  handleEvent(event) {
    const button = event.target.closest("button");
    if (button) this.choose(this.isAlone(button) ? this.next(button) : button).focus();
  }

  /** Whether there is room for one button only: that of the scheme in use. */
  isAlone(button) {
    return this.buttons.every((one) => one === button || !one.checkVisibility());
  }

  next(button) {
    return this.buttons[(this.buttons.indexOf(button) + 1) % this.buttons.length];
  }

  choose(button) {
    write(KEY, button.value === SYSTEM ? undefined : button.value);
    this.show();
    return button;
  }

  get buttons() {
    return [...this.querySelectorAll("button")];
  }

  /** Gives the page the chosen scheme's colours, and marks its button as pressed. */
  show() {
    const scheme = read(KEY) ?? SYSTEM;
    const root = document.documentElement;
    if (scheme === SYSTEM) delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(button.value === scheme));
    }
  }
}

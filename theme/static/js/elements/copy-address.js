/**
 * <copy-address> holds a hidden button whose value is an address; it copies it, and says so.
 */
import { copyText } from "../lib/clipboard.js";

const SHOWN = 2000;

export class CopyAddress extends HTMLElement {
  static define(tag = "copy-address", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    this.button = this.querySelector("button");
    this.words = this.button.firstChild;
    this.usual = this.words.data;
    this.button.hidden = false;
    this.button.setAttribute("aria-live", "polite");
    this.button.addEventListener("click", this);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.button.removeEventListener("click", this);
  }

  async handleEvent() {
    const worked = await copyText(this.button.value);
    this.say(worked ? "Copied" : "Not copied");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(this.usual), SHOWN);
  }

  say(words) {
    this.words.data = words;
    this.toggleAttribute("data-said", words !== this.usual);
  }
}

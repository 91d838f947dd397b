/**
 * <call-status closes="2011-10-14T23:59:59+02:00" state="open"> says whether a call is open.
 *
 * The page says what held on the day it was built. When the reader's clock has passed the closing,
 * the element turns to `state="closed"` and its line says so; a page left open turns by itself.
 */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export class CallStatus extends HTMLElement {
  static define(tag = "call-status", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    this.look();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  /** Closes the call when its time has come, else looks again then. */
  look() {
    const left = Date.parse(this.getAttribute("closes")) - Date.now();
    if (this.getAttribute("state") !== "open" || Number.isNaN(left)) return;
    if (left > 0) this.timer = setTimeout(() => this.look(), Math.min(left + 1, LONGEST_TIMEOUT));
    else this.close();
  }

  close() {
    this.setAttribute("state", "closed");
    this.querySelector(".call-status").textContent = this.getAttribute("closed");
  }
}

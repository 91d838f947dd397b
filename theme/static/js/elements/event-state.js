/**
 * <event-state starts ends> says where an event is in time, by the reader's clock: `In 12 days`, `On
 * now`, `Just over`. What is of use only then, marked `data-during` next to it, shows while it is on.
 */
import { follow } from "../lib/clock.js";
import { stateInWords, stateOf } from "../schedule/now.js";

export class EventState extends HTMLElement {
  static define(tag = "event-state", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    const times = { starts: Date.parse(this.getAttribute("starts")), ends: Date.parse(this.getAttribute("ends")) };
    this.stop = follow((instant) => {
      this.dataset.state = stateOf(times, instant);
      this.textContent = stateInWords(times, instant);
      const isOn = this.dataset.state === "on";
      for (const one of this.closest("header")?.querySelectorAll("[data-during]") ?? []) one.hidden = !isOn;
    });
  }

  disconnectedCallback() {
    this.stop();
  }
}

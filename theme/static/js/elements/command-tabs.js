/**
 * <command-tabs> shows one of neighbouring blocks. The choice is kept on this device by label,
 * holds for every widget of every page that has the label, and an address can name it:
 * `#tab-debian` or `?tab=Debian`.
 */
import { read, subscribe, write } from "../lib/storage.js";

const KEY = "command-tabs";
const MOST = 12;
const fold = (label) => label.normalize("NFKC").toLowerCase();
const chosen = () => [read(KEY) ?? []].flat().map(String);

/** The label that the address names: of the panel with that id, or in the query. */
function named() {
  const id = new URLSearchParams(location.hash.replace("#", "id=")).get("id");
  const panel = id && document.getElementById(id)?.closest(".command-panel");
  return panel ? panel.dataset.label : new URLSearchParams(location.search).get("tab");
}

export class CommandTabs extends HTMLElement {
  static define(tag = "command-tabs", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    this.panels = [...this.querySelectorAll(":scope > .command-panel")];
    this.tabs = [...this.querySelectorAll(':scope > [role="tablist"] > button')];
    if (this.panels.length < 2) return;
    this.prepare();
    this.stop = subscribe((key) => key === KEY && this.restore());
    this.onhash = () => this.restore();
    addEventListener("hashchange", this.onhash);
    this.restore();
  }

  disconnectedCallback() {
    this.stop?.();
    removeEventListener("hashchange", this.onhash);
  }

  prepare() {
    this.dataset.ready = "";
    this.tabs[0].parentElement.hidden = false;
    this.panels.forEach((panel, index) => {
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", this.tabs[index].id);
      this.tabs[index].onclick = () => this.choose(panel.dataset.label);
      this.tabs[index].onkeydown = (event) => this.pressed(event, index);
    });
  }

  pressed(event, index) {
    const step = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const last = this.tabs.length - 1;
    const to = { ArrowRight: index + step, ArrowLeft: index - step, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + this.tabs.length) % this.tabs.length;
    this.choose(this.panels[next].dataset.label);
    this.tabs[next].focus();
  }

  /** Keeps the choice and shows it in every widget, without moving this one on the screen. */
  choose(label) {
    const others = chosen().filter((other) => other !== fold(label));
    write(KEY, [fold(label), ...others].slice(0, MOST));
    const before = this.getBoundingClientRect().top;
    for (const widget of document.querySelectorAll(`${this.localName}[data-ready]`)) widget.restore({ isChosen: true });
    scrollBy({ top: this.getBoundingClientRect().top - before, behavior: "instant" });
  }

  restore({ isChosen = false } = {}) {
    const wanted = [...(isChosen ? [] : [named()].filter(Boolean).map(fold)), ...chosen()];
    const labels = this.panels.map((panel) => fold(panel.dataset.label));
    this.show(wanted.map((label) => labels.indexOf(label)).find((index) => index >= 0) ?? 0);
  }

  show(shown) {
    this.panels.forEach((panel, index) => {
      panel.toggleAttribute("data-closed", index !== shown);
      this.tabs[index].setAttribute("aria-selected", String(index === shown));
      this.tabs[index].tabIndex = index === shown ? 0 : -1;
    });
  }
}

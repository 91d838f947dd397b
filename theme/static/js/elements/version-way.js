/**
 * <version-way data-source="…/product.json"> answers what lies between any two versions.
 *
 * Both are in the address's fragment, `#from=9.0.4&to=9.1.3`. Without script, the links below it
 * lead to the ways that have a page.
 */
import { actions, between, fetchProduct, grouped } from "../release/changes.js";
import { list, section, showActions, showChange } from "../release/show.js";
import { ask, asked, keepVersion, keptVersion } from "../release/version.js";
import { make } from "../lib/make.js";

export class VersionWay extends HTMLElement {
  static define(tag = "version-way", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  async connectedCallback() {
    const { source } = this.dataset;
    [this.from, this.to] = this.querySelectorAll("select");
    const words = asked();
    this.from.value = words.get("from") ?? keptVersion(source);
    this.to.value = words.get("to") ?? "";
    this.addEventListener("change", this);
    this.addEventListener("submit", this);
    addEventListener("hashchange", this);
    this.hidden = false;
    this.product = await fetchProduct(source);
    this.answer();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this);
  }

  handleEvent(event) {
    if (event.type === "submit") event.preventDefault();
    if (event.type === "hashchange") {
      this.from.value = asked().get("from") ?? "";
      this.to.value = asked().get("to") ?? "";
    } else {
      keepVersion(this.dataset.source, this.from.value);
      ask({ from: this.from.value, to: this.to.value });
    }
    if (this.product) this.answer();
  }

  answer() {
    const { place } = this.product;
    const [from, to] = [place.get(this.from.value), place.get(this.to.value)];
    const box = this.querySelector(".version-answer");
    box.replaceChildren();
    if (from === undefined || to === undefined) this.say("");
    else if (from === to) this.say("Both are the same version.");
    else if (from > to) this.say(`${this.to.value} comes before ${this.from.value}: this page leads forward only.`);
    else this.show(box, from, to);
  }

  show(box, from, to) {
    const { versions } = this.product;
    const changes = between(this.product, from, to);
    const passed = versions.slice(from + 1, to + 1);
    const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;
    this.say(`From ${this.from.value} to ${this.to.value}: ${changes.length ? count : "no change is known"}.`);
    box.append(
      ...[versions[from], ...passed].filter((version) => version.withdrawn).map(showWithdrawn),
      ...[showActions("Before the restart", actions(changes, "before"))].filter(Boolean),
      ...[showActions("After the upgrade", actions(changes, "after"))].filter(Boolean),
      ...grouped(changes).map(([title, own]) => section(title, list(own.map((change) => showChange(change))))),
      ...showPassed(passed.slice(0, -1), passed),
    );
  }

  say(words) {
    this.querySelector(".version-said").textContent = words;
  }
}

const showWithdrawn = (version) =>
  make("p", { class: "release-withdrawn", role: "note" }, make("strong", {}, `${version.name} was withdrawn.`), ` ${version.withdrawn}`);

function showPassed(between, passed) {
  const names = (versions) => versions.map((version) => version.name).join(", ");
  const untold = passed.filter((version) => !version.notes);
  return [
    between.length && section("Versions on the way", make("p", {}, names(between))),
    untold.length && make("p", {}, `Of these no notes are here, so that what they bring is not in the lists above: ${names(untold)}.`),
  ].filter(Boolean);
}

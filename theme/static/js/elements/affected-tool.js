/**
 * <affected-tool data-source="…/product.json"> answers whether the reader is affected.
 *
 * The version and the answers to conditions are in the address's fragment:
 * `#version=9.0.4&cve-2012-0867=yes`. What is not answered is never “not affected”.
 */
import { actions, between, fetchProduct, latest, status } from "../release/changes.js";
import { list, showChange } from "../release/show.js";
import { ask, asked, keepVersion, keptVersion } from "../release/version.js";
import { copyText } from "../lib/clipboard.js";
import { make } from "../lib/make.js";

const ORDER = ["affected", "perhaps", "not known", "not affected"];
const HOLDS = { yes: true, no: false };

export class AffectedTool extends HTMLElement {
  static define(tag = "affected-tool", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  async connectedCallback() {
    this.select = this.querySelector("select");
    this.product = await fetchProduct(this.dataset.source);
    this.repairs = this.product.changes.filter((change) => change.type === "Security");
    this.read();
    this.addEventListener("change", this);
    this.addEventListener("click", this);
    this.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", this);
    this.hidden = false;
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this);
  }

  read() {
    const words = asked();
    this.select.value = words.get("version") ?? keptVersion(this.dataset.source);
    this.answers = Object.fromEntries(this.repairs.map(({ id }) => [id, words.get(id) ?? ""]));
    this.answer();
  }

  handleEvent(event) {
    if (event.type === "hashchange") return this.read();
    if (event.type === "click") return event.target.closest("[data-copy]") && this.copy();
    if (event.target === this.select) keepVersion(this.dataset.source, this.select.value.replace("?", ""));
    else this.answers[event.target.name] = event.target.value;
    ask({ version: this.select.value, ...this.answers });
    return this.answer();
  }

  answer() {
    const focused = document.activeElement?.id;
    const box = this.querySelector(".version-answer");
    const at = this.product.place.get(this.select.value);
    box.replaceChildren();
    this.found = [];
    this.toggleAttribute("answered", Boolean(this.select.value));
    if (!this.select.value) return this.say("");
    this.found = this.repairs
      .map((change) => ({ change, state: status(this.product, change, at, HOLDS[this.answers[change.id]]) }))
      .sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
    this.say(summary(this.found));
    box.append(list(this.found.map((one) => this.show(one, at))));
    if (at !== undefined) box.append(this.request(at));
    if (focused) document.getElementById(focused)?.focus();
  }

  show({ change, state }, at) {
    const isAsked = change.condition && at !== undefined && status(this.product, change, at, undefined) !== "not affected";
    const item = showChange(change, isAsked && this.question(change));
    item.prepend(make("p", { class: `affected affected-${state.replace(" ", "-")}` }, sentence(state)));
    return item;
  }

  question({ id, condition }) {
    const choice = (value, words) => {
      const key = `${id}-${value || "open"}`;
      const isChosen = this.answers[id] === value;
      return make("label", { for: key }, make("input", { type: "radio", id: key, name: id, value, checked: isChosen }), ` ${words}`);
    };
    return make(
      "fieldset",
      { class: "affected-question cluster" },
      make("legend", {}, `Is it so that ${condition.words}?`),
      choice("yes", "Yes"),
      choice("no", "No"),
      choice("", "I do not know"),
      condition.check && make("p", { class: "change-check" }, "To find out: ", make("code", {}, condition.check)),
    );
  }

  request(at) {
    const text = this.requestText(at);
    return make(
      "section",
      { class: "flow" },
      make("h2", { class: "section-title" }, "For a change request"),
      make("pre", { class: "affected-request", tabindex: "0" }, text),
      make("p", { class: "no-print" }, make("button", { class: "button", type: "button", "data-copy": true }, "Copy this text")),
    );
  }

  requestText(at) {
    const { product } = this;
    const { branch } = product.versions[at];
    const to = latest(product, branch);
    const why = this.found.filter(({ state }) => state === "affected" || state === "perhaps");
    const changes = to > at ? between(product, at, to) : [];
    const { ends } = product.branches.find(({ name }) => name === branch);
    const lines = (title, items) => (items.length ? [`${title}:`, ...items.map((item) => `- ${item}`)] : []);
    const way = to > at ? `to ${product.versions[to].name}` : "is the latest of its branch";
    return [
      `${product.name} ${product.versions[at].name} ${way}`,
      ...lines("Why", why.map(({ change, state }) => `${plain(change)} (${state})`)),
      ...lines("Before the restart", actions(changes, "before")),
      ...lines("After the upgrade", actions(changes, "after")),
      ...(to > at ? ["Downtime: one restart; how long it takes, and any migration, is to be tried before."] : []),
      ...(ends ? [`Support of ${branch} ends, or ended, on ${ends}.`] : []),
      `Source: ${location.href}`,
    ].join("\n");
  }

  async copy() {
    const text = this.querySelector(".affected-request").textContent;
    this.say((await copyText(text)) ? "Copied." : "Not copied: select the text and copy it.");
  }

  say(words) {
    this.querySelector(".version-said").textContent = words;
  }
}

function plain(change) {
  const box = make("div");
  box.innerHTML = change.html;
  return box.textContent.split(/(?<=\.)\s/)[0];
}

const sentence = (state) => state[0].toUpperCase() + state.slice(1);

function summary(found) {
  const counts = ORDER.map((state) => [state, found.filter((one) => one.state === state).length]);
  return counts.filter(([, count]) => count).map(([state, count]) => `${count} ${state}`).join(", ");
}

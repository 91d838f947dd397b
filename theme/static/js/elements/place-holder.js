/**
 * <place-holder data-name data-label data-default data-quoting [data-accepts data-pattern data-choices]>
 * makes a labelled field of a default that stands in a text or a command. One change fills every
 * place. `data-mirror`, and places inside links, buttons and headings, only show the value.
 *
 * <place-holder-tools> says what becomes of the values: shared, used on other pages, forgotten. Those
 * that a link brings are listed there, and fill nothing until the reader says so.
 */
import { quote, takes } from "../command/quote.js";
import { agree, brought, candidates, forget, isAgreed, link, set, watch } from "../command/values.js";
import { copyText } from "../lib/clipboard.js";

/** What can stand at a place besides the values that the page offers, by what the place accepts. */
const TAKEN = {
  argument: "text that does not begin with -",
  safe: "letters, digits and . _ - / : @ % + = , with neither - nor = first",
  name: "letters, digits and . _ - with no - first",
  offered: "the value of the page or a number",
};

export class PlaceHolder extends HTMLElement {
  static define(tag = "place-holder", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    const isShown = this.hasAttribute("data-mirror") || this.closest("a, button, summary, h1, h2, h3, h4, h5, h6");
    if (!isShown && !this.field) this.addField();
    this.stop = watch(() => this.refresh());
    this.refresh();
  }

  disconnectedCallback() {
    this.stop();
  }

  /** What fills this place: the reader's value where this page allows it, else the default. */
  get value() {
    return candidates(this.dataset.name).find((value) => !this.fault(value)) ?? this.dataset.default;
  }

  /** Why a value is not allowed, in words; empty when it is. */
  fault(value) {
    const { choices, pattern, label } = this.dataset;
    if (choices && !JSON.parse(choices).includes(value)) return `${label}: not one of the choices`;
    if (pattern && !matches(value, pattern)) return `${label}: must match ${pattern}`;
    return "";
  }

  /** Why what is typed here cannot be copied; empty when it can. */
  get problem() {
    const value = this.field?.value || this.value;
    const { accepts, choices, default: otherwise, label } = this.dataset;
    if (!accepts || choices || value === otherwise || takes(value, accepts)) return this.fault(value);
    return `${label}: only ${TAKEN[accepts]} can stand here`;
  }

  addField() {
    const { choices, name } = this.dataset;
    this.field = document.createElement(choices ? "select" : "input");
    if (choices) this.field.append(...JSON.parse(choices).map((choice) => new Option(choice)));
    const plainText = { autocomplete: "off", autocapitalize: "off", spellcheck: false, dir: "auto" };
    Object.assign(this.field, { className: "place-holder-field", ...plainText });
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("blur", () => this.problem || this.refresh());
    this.field.addEventListener("keydown", (event) => this.pressed(event, name));
    this.replaceChildren(this.field);
  }

  changed() {
    const { value } = this.field;
    if (!this.fault(value) || !value) set(this.dataset.name, value || undefined);
    this.mark();
    document.querySelector("place-holder-tools")?.say?.(value && this.problem);
  }

  pressed(event, name) {
    if (event.key === "Enter") this.field.blur();
    if (event.key === "Escape") {
      this.field.value = "";
      set(name, undefined);
      this.field.blur();
    }
  }

  refresh() {
    if (!this.field) {
      this.textContent = quote(this.value, this.dataset.quoting);
      return;
    }
    if (document.activeElement !== this.field) this.field.value = this.value;
    this.mark();
  }

  /** Says what is wrong, shows quotes that will be copied, and fits the field to its text. */
  mark() {
    const { value } = this.field;
    const problem = value ? this.problem : "";
    const { default: otherwise, label, quoting } = this.dataset;
    this.field.ariaInvalid = String(problem !== "");
    this.field.ariaLabel = problem || label;
    this.field.title = problem || label;
    if (this.field.matches("input")) {
      this.field.size = Math.max((value || otherwise).length, 2);
      this.field.placeholder = otherwise;
    }
    this.toggleAttribute("data-filled", value !== "" && value !== otherwise);
    this.toggleAttribute("data-quoted", quote(value, quoting).startsWith("'") && !value.startsWith("'"));
  }
}

function matches(value, pattern) {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch {
    // A pattern of Python's that no browser reads was checked at build for the default only.
    return true;
  }
}

export class PlaceHolderTools extends HTMLElement {
  static define(tag = "place-holder-tools", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    this.hidden = false;
    this.agreed = this.querySelector(".place-holder-agree");
    this.said = this.querySelector('[role="status"]');
    this.agreed.onchange = () => agree(this.agreed.checked);
    this.onclick = (event) => this[event.target.dataset.do]?.();
    this.stop = watch(() => this.refresh());
    this.refresh();
  }

  disconnectedCallback() {
    this.stop();
  }

  refresh() {
    this.agreed.checked = isAgreed();
    if (this.asking || Object.keys(brought()).length) import("../command/brought.js").then(({ ask }) => ask(this));
  }

  async share() {
    const places = document.querySelectorAll("place-holder[data-filled]");
    const values = Object.fromEntries([...places].map((place) => [place.dataset.name, place.value]));
    if (!places.length) this.say("Fill in a value first.");
    else if (await copyText(link(values))) this.say("The link is copied. It holds the values that you see.");
    else this.say(link(values));
  }

  forget() {
    forget();
    this.say("Your values are forgotten, on all pages.");
  }

  say(text) {
    this.said.textContent = text;
  }
}

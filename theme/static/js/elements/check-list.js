/**
 * <check-list data-key="post/list"> keeps a reader's ticks on this device.
 *
 * The HTML holds the items, real boxes and every control, hidden. Nothing is kept before the
 * reader's first change. `data-state` on an item is what style sheets read: open, doing, done or
 * skipped; `data-news` says what is new or reworded since the last visit.
 */
import {
  addDays, count, dayOf, defaults, derive, fromFragment, inWords, isRecord, leaves, match, set, toRecord,
} from "../checklist/state.js";
import { keys, read, subscribe, write } from "../lib/storage.js";

const PREFIX = "checklist:";
const MOST_UNDO = 100;
// What few readers use is loaded when they come near it.
const takeAway = () => import("../checklist/take-away.js");
const WORDS = { doing: "in progress", skipped: "not applicable" };

export class CheckList extends HTMLElement {
  static define(tag = "check-list", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    if (!this.items) this.prepare();
    this.stop = subscribe((key) => (key === null || key === this.place) && this.load());
    this.onhash = () => this.load();
    addEventListener("hashchange", this.onhash);
  }

  disconnectedCallback() {
    this.stop();
    removeEventListener("hashchange", this.onhash);
  }

  prepare() {
    this.place = PREFIX + this.dataset.key;
    this.past = [];
    this.lines = [...this.querySelectorAll("[data-item]")];
    this.items = this.lines.map((line) => this.item(line));
    this.lines.forEach((line, index) => this.addChoice(line, index));
    for (const part of this.querySelectorAll(".checklist-head, .checklist-progress, .checklist-tools")) {
      part.hidden = false;
    }
    this.addEventListener("change", (event) => this.changed(event.target));
    this.addEventListener("click", (event) => this.clicked(event.target.closest(".checklist-tools [data-do]")));
    this.querySelector(".checklist-question").addEventListener("close", (event) => this.answered(event.target));
    for (const near of ["pointerover", "focusin"]) {
      this.querySelector(".checklist-tools").addEventListener(near, takeAway, { once: true });
    }
    this.load();
  }

  item(line) {
    const above = (from) => from.parentElement.closest("[data-item], check-list");
    let depth = 0;
    for (let up = above(line); up !== this; up = above(up)) depth += 1;
    return {
      key: line.dataset.item,
      words: line.dataset.words,
      state: line.dataset.state,
      due: line.dataset.due === undefined ? undefined : Number(line.dataset.due),
      parent: this.lines.indexOf(above(line)),
      leaf: !line.querySelector("[data-item]"),
      head: line.closest(".checklist-section").dataset.title,
      depth,
    };
  }

  /** The choice of four states beside a line, copied from the one in the template. */
  addChoice(line, index) {
    const choice = this.querySelector(":scope > template").content.firstElementChild.cloneNode(true);
    choice.setAttribute("aria-label", `State of ${this.text(index)}`);
    line.querySelector(".checklist-line").append(choice);
  }

  text(index) {
    const words = this.lines[index].querySelector(".checklist-text").cloneNode(true);
    for (const place of words.querySelectorAll("place-holder")) place.replaceWith(place.value ?? place.textContent);
    return words.textContent.replace(/\s+/g, " ").trim();
  }

  /** What is kept, what the address carries, and what changed since the last visit. */
  load() {
    const record = this.kept();
    const found = match(record?.items ?? {}, this.items);
    this.states = { ...defaults(this.items), ...found.states };
    this.day = dayOf(record?.day);
    this.tell(record ? found : { added: [], edited: [], removed: [] });
    const shared = this.shared();
    if (shared) this.preview(shared);
    this.paint();
  }

  /** The record of this list, or of one in this document that is called otherwise now. */
  kept() {
    const own = read(this.place);
    if (isRecord(own)) return own;
    const here = [...document.querySelectorAll("check-list")].map((list) => PREFIX + list.dataset.key);
    const isMine = (record) => isRecord(record)
      && this.items.filter(({ key }) => record.items[key]).length * 2 >= this.items.length;
    return keys(this.place.replace(/[^/]*$/, "")).filter((key) => !here.includes(key)).map(read).find(isMine);
  }

  shared() {
    return fromFragment(location.hash, this.dataset.key, this.items);
  }

  /** Says how many items are new, reworded or removed, and marks them. */
  tell({ added, edited, removed }) {
    this.lines.forEach((line, i) => {
      const { key } = this.items[i];
      line.dataset.news = added.includes(key) ? "new" : edited.includes(key) ? "reworded" : "";
    });
    const parts = [[added, "is", "are", "new since your last visit"], [edited, "was", "were", "reworded"],
      [removed, "was", "were", "removed"]].filter(([list]) => list.length)
      .map(([{ length }, one, many, what], i) =>
        `${length} ${i ? "" : length === 1 ? "item " : "items "}${length === 1 ? one : many} ${what}`);
    if (!parts.length) return this.news("");
    const lost = removed.length ? `: ${removed.map((words) => `“${words}”`).join(", ")}` : "";
    return this.news(`${parts.join(", ")}${lost}.`, ["Seen", () => this.keep()]);
  }

  /** A line at the head of the list, with buttons that end it. */
  news(words, ...buttons) {
    const place = this.querySelector(".checklist-news");
    place.replaceChildren(words);
    for (const [label, act] of buttons) {
      const button = this.querySelector(".checklist-tools [data-do]").cloneNode();
      delete button.dataset.do;
      button.textContent = label;
      button.addEventListener("click", () => {
        this.news("");
        act();
        this.querySelector(".checklist-box").focus({ preventScroll: true });
      });
      place.append(" ", button);
    }
  }

  /** Shows the state that a link carries; it is kept only when the reader says so or goes on. */
  preview({ states, day }) {
    Object.assign(this, { states, day: day || this.day });
    this.news("These are the ticks of the link that you opened.",
      ["Keep them", () => this.keep()], ["Back to mine", () => this.leaveLink() ?? this.load()]);
  }

  leaveLink() {
    history.replaceState(null, "", location.pathname + location.search);
    this.news("");
  }

  change(states, words = "") {
    this.past = [...this.past, this.states].slice(-MOST_UNDO);
    this.states = states;
    this.keep();
    this.say(words);
  }

  keep() {
    if (this.shared()) this.leaveLink();
    write(this.place, toRecord(this.items, this.states, this.day));
    this.paint();
  }

  changed(control) {
    if (control.matches(".checklist-day input")) {
      this.day = control.value;
      this.keep();
      return;
    }
    const index = this.lines.indexOf(control.closest("[data-item]"));
    if (control.matches(".checklist-box")) {
      this.change(set(this.items, this.states, index, control.checked ? "done" : "open"));
    } else if (control.matches(".checklist-choice")) {
      this.change(set(this.items, this.states, index, control.value));
    }
  }

  paint() {
    const found = derive(this.items, this.states);
    this.lines.forEach((line, index) => this.paintLine(line, index, found[index]));
    const groups = [...this.querySelectorAll(".checklist-section > .checklist-progress")];
    for (const bar of groups) {
      this.paintBar(bar, this.items.filter((_, i) => bar.parentElement.contains(this.lines[i])));
    }
    this.paintBar(this.querySelector(".checklist-head > .checklist-progress"), this.items);
    const date = this.querySelector(".checklist-day input");
    if (date) date.value = this.day;
  }

  paintLine(line, index, state) {
    const own = line.querySelector(".checklist-line");
    const { leaf, due } = this.items[index];
    const box = own.querySelector(".checklist-box");
    line.dataset.state = state;
    Object.assign(box, { checked: state === "done", indeterminate: state === "doing" });
    own.querySelector(".checklist-choice").value = state;
    own.querySelector(".checklist-state").textContent = leaf || state === "skipped"
      ? WORDS[state] ?? "" : inWords(count(leaves(this.items, index), this.states));
    if (due !== undefined) this.paintDue(own.querySelector(".checklist-due"), due, state);
  }

  paintDue(place, due, state) {
    place.dataset.words ??= place.textContent;
    if (!this.day) return place.replaceChildren(place.dataset.words);
    const time = document.createElement("time");
    time.dateTime = addDays(this.day, due);
    // Like the dates of the site itself, which have the day before the month.
    const language = this.closest("[lang]")?.lang.replace(/^en$/, "en-GB") || undefined;
    time.textContent = new Date(`${time.dateTime}T00:00`).toLocaleDateString(language, { dateStyle: "long" });
    const today = new Date().toLocaleDateString("sv");
    const isLate = time.dateTime < today && ["open", "doing"].includes(state);
    place.toggleAttribute("data-late", isLate);
    return place.replaceChildren(time, isLate ? ", overdue" : "");
  }

  paintBar(line, items) {
    const counted = count(items, this.states);
    const [bar, words] = line.children;
    Object.assign(bar, { max: counted.all || 1, value: counted.done });
    words.textContent = inWords(counted);
  }

  say(words) {
    this.querySelector(".checklist-said").textContent = words;
  }

  clicked(button) {
    const action = button?.dataset.do;
    if (action in ACTIONS) ACTIONS[action](this);
    else if (action) takeAway().then((all) => all[action](this));
  }

  undo() {
    if (!this.past.length) return this.say("There is nothing to undo.");
    this.states = this.past.pop();
    this.keep();
    return this.say("Undone.");
  }

  answered(dialog) {
    if (dialog.returnValue === "reset") this.change(defaults(this.items), "Reset. Undo brings it back.");
    dialog.returnValue = "";
  }
}

const ACTIONS = {
  undo: (list) => list.undo(),
  reset: (list) => list.querySelector(".checklist-question").showModal(),
};

/**
 * <site-search data-parts> finds what its reader types in the lists at the addresses in
 * `data-parts`, which it fetches when there is something to look for.
 *
 * The words are in the address, `?q=…`, so that a search can be linked and come back to.
 */
import { wordsOf } from "../lib/fold.js";
import { usesKey, useKey } from "../lib/search-key.js";
import { find, load } from "../search/find.js";
import { result } from "../search/result.js";

const PAUSE = 120;
const SHOWN = 20;

export class SiteSearch extends HTMLElement {
  static define(tag = "site-search", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    const part = (name) => this.querySelector(`.search-${name}`);
    [this.field, this.status, this.list, this.more] = ["field", "status", "results", "more"].map(part);
    part("find").hidden = false;
    this.key = this.querySelector("[data-setting=key]");
    this.key.checked = usesKey();
    for (const kind of ["input", "click"]) this.addEventListener(kind, this);
    addEventListener("popstate", this);
    this.readAddress();
    if (!this.field.value && document.activeElement === document.body) this.field.focus({ preventScroll: true });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const kind of ["input", "click"]) this.removeEventListener(kind, this);
    removeEventListener("popstate", this);
  }

  handleEvent({ type, target }) {
    if (type === "popstate") this.readAddress();
    else if (type === "click") this.more.contains(target) && this.showMore();
    else if (target === this.key) useKey(this.key.checked);
    else {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.typed(), PAUSE);
    }
  }

  readAddress() {
    this.field.value = new URLSearchParams(location.search).get("q") ?? "";
    this.search();
  }

  typed() {
    const words = this.field.value.trim();
    const address = new URL(location.href);
    if (words) address.searchParams.set("q", words);
    else address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
    this.search();
  }

  async search() {
    const text = this.field.value.trim();
    const words = wordsOf(text);
    if (words.length && !this.entries) {
      this.status.textContent = "Looking …";
      this.entries = await this.loaded();
      if (text !== this.field.value.trim()) return this.search();
    }
    this.show(words.length && this.entries ? find(this.entries, words) : [], words);
    // The room that search.css keeps for results: without any, the lists below come up.
    if (!this.found.length) delete this.dataset.asked;
    if (!words.length) this.status.textContent = "";
    else if (this.entries) this.status.textContent = this.told(text);
    return undefined;
  }

  async loaded() {
    try {
      return await (this.loading ??= load(this.dataset.parts.split(" ").filter(Boolean)));
    } catch {
      this.loading = undefined;
      this.status.textContent = "The lists to search in did not come. Type again to try once more, or look in the lists below.";
      return undefined;
    }
  }

  show(found, words) {
    [this.found, this.words] = [found, words];
    this.list.replaceChildren();
    this.showMore();
  }

  /** Puts more results below those that are there, and the focus on the first of them. */
  showMore() {
    const from = this.list.children.length;
    const next = this.found.slice(from, from + SHOWN).map((entry) => result(entry, this.words));
    this.list.append(...next);
    this.more.hidden = this.list.children.length >= this.found.length;
    if (from) next[0]?.querySelector("a").focus();
  }

  told(text) {
    const count = this.found.length;
    if (count) return `${count} ${count === 1 ? "result" : "results"} for “${text}”`;
    const what = this.words.length > 1 ? `all the words “${text}”` : `“${text}”`;
    return `Nothing found that has ${what} in its title, headings, tags, names or summary, among ${this.entries.length} pages. Try fewer or shorter words, or look in the lists below.`;
  }
}

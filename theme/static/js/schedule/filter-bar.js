/**
 * The controls that say what to look for, made of what the sessions of a page have, and what they
 * mean: tracks, rooms, kinds, languages, a text, own stars.
 *
 * Filters are {track, room, kind, language: arrays of ids, text, mine}; within one facet any id
 * will do, and all facets must agree. The address has each id as a parameter of its own.
 */
import { wordsOf } from "../lib/fold.js";
import { make } from "../lib/make.js";
import { quietButton } from "./parts.js";
import { nameOf as languageName } from "./sessions.js";

const LEGENDS = { track: "Track", room: "Room", kind: "Kind", language: "Language" };
const inOrder = new Intl.Collator(undefined, { numeric: true }).compare;

export const FACETS = ["track", "room", "kind", "language"];

export class FilterBar {
  /** `changed` is called with the new filters, and whether the reader is typing. */
  constructor(root, sessions, changed) {
    this.root = root;
    this.changed = changed;
    this.search = make("input", { type: "search", placeholder: "Find a session", "aria-label": "Find a session", input: () => this.tell(true) });
    this.mine = make("button", {
      type: "button", class: "button button-quiet schedule-mine", "aria-pressed": "false", click: () => this.toggleMine(),
    }, make("span", { class: "schedule-words" }, "Starred"));
    this.count = make("span", { class: "schedule-filter-count" });
    this.shown = make("span");
    this.groups = FACETS.map((facet) => group(facet, choices(root, sessions, facet))).filter(Boolean);
    this.details = make("details", { class: "schedule-filters", change: () => this.tell(false) },
      make("summary", { class: "button button-quiet" }, "Filter", this.count),
      make("div", { class: "schedule-facets" }, this.groups, make("p", { class: "schedule-facets-foot" }, this.shown,
        quietButton("Show", () => this.close()))));
    this.details.hidden = !this.groups.length;
    this.nodes = [this.search, this.mine, this.details];
    closeWhenLeft(this.details);
  }

  get filters() {
    const checked = (facet) => [...this.details.querySelectorAll(`[name="${facet}"]:checked`)].map(({ value }) => value);
    return {
      ...Object.fromEntries(FACETS.map((facet) => [facet, checked(facet)])),
      text: this.search.value,
      mine: this.mine.getAttribute("aria-pressed") === "true",
    };
  }

  /** Shows filters that came from elsewhere, like the address. */
  set filters(filters) {
    if (this.search.value.trim() !== filters.text) this.search.value = filters.text;
    this.mine.setAttribute("aria-pressed", String(filters.mine));
    for (const box of this.details.querySelectorAll("input")) box.checked = filters[box.name].includes(box.value);
    const count = countOf({ ...filters, text: "", mine: false });
    this.count.textContent = count ? ` (${count})` : "";
  }

  /** How many sessions fit, in words, next to the button that shows them. */
  set found(words) {
    this.shown.textContent = words;
  }

  close() {
    this.details.open = false;
    this.details.firstElementChild.focus({ preventScroll: true });
    this.root.querySelector(".session:not([hidden])")?.scrollIntoView({ block: "center" });
  }

  toggleMine() {
    this.mine.setAttribute("aria-pressed", String(!this.filters.mine));
    this.tell(false);
  }

  tell(isTyping) {
    this.changed(this.filters, isTyping);
  }
}

function group(facet, found) {
  if (found.length < 2) return undefined;
  const boxes = found.map(([id, name]) => make("label", {}, make("input", { type: "checkbox", name: facet, value: id }), name));
  return make("fieldset", { "data-facet": facet }, make("legend", {}, LEGENDS[facet]), make("div", {}, boxes));
}

/** What a facet can be here: [id, name], rooms in the order of the page's columns, else by name. */
function choices(root, sessions, facet) {
  const names = new Map();
  for (const session of sessions) {
    for (const id of [session[facet === "room" ? "rooms" : facet] ?? []].flat().filter(Boolean)) {
      if ((names.get(id) ?? id) === id) names.set(id, nameOf(session, facet, id));
    }
  }
  const columns = [...(root.querySelector(".schedule-rooms")?.children ?? [])].map((item) => item.textContent.trim());
  const place = (name) => (facet === "room" && columns.indexOf(name) + 1) || Infinity;
  return [...names].sort(([, a], [, b]) => (place(a) === place(b) ? inOrder(a, b) : place(a) - place(b)));
}

function nameOf(session, facet, id) {
  const told = facet === "room"
    ? session.rooms.length === 1 && session.roomNames
    : session.node.querySelector(`.session-${facet}`)?.textContent.trim();
  if (told) return told;
  if (facet === "language") return languageName(id);
  return facet === "kind" ? id[0].toUpperCase() + id.slice(1) : id;
}

/** A panel that opens over the page closes with Escape and when the reader goes on elsewhere. */
export function closeWhenLeft(details) {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.firstElementChild.focus();
  });
  for (const left of ["pointerdown", "focusin"]) {
    document.addEventListener(left, (event) => {
      if (!details.contains(event.target)) details.open = false;
    });
  }
}

/** The filters that an address asks for. */
export function fromQuery(search) {
  const query = new URLSearchParams(search);
  const filters = Object.fromEntries(FACETS.map((facet) => [facet, query.getAll(facet).filter(Boolean)]));
  return { ...filters, text: query.get("text") ?? "", mine: query.has("mine") };
}

/** The query of an address with these filters; what else it says stays. */
export function toQuery(filters, search) {
  const query = new URLSearchParams(search);
  for (const name of [...FACETS, "text", "mine"]) query.delete(name);
  for (const facet of FACETS) for (const id of [...filters[facet]].sort()) query.append(facet, id);
  if (filters.text.trim()) query.set("text", filters.text.trim());
  if (filters.mine) query.set("mine", "1");
  // What needs no escape in a query stays readable: `?at=2026-10-24T10:00`.
  const text = query.toString().replaceAll("%3A", ":");
  return text && `?${text}`;
}

/** How many filters are set. */
export const countOf = (filters) => FACETS.reduce((sum, facet) => sum + filters[facet].length, 0)
  + Boolean(filters.text.trim()) + Boolean(filters.mine);

/**
 * Tells whether a session fits: {id, track, rooms, kind, language, text}, the text folded.
 * One that is in no room in particular is in all of them.
 */
export function matcher(filters, stars) {
  const words = wordsOf(filters.text);
  const among = (facet, id) => !filters[facet].length || filters[facet].includes(id);
  const isThere = ({ rooms }) => !filters.room.length || !rooms.length || rooms.some((id) => filters.room.includes(id));
  return (session) => among("track", session.track) && among("kind", session.kind)
    && among("language", session.language) && isThere(session)
    && (!filters.mine || stars.includes(session.id))
    && words.every((word) => session.text.includes(word));
}

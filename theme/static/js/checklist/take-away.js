/** What a reader carries off from a <check-list>: paper, a link, texts, a calendar, a file. */
import { copyText } from "../lib/clipboard.js";
import { download as downloadFile } from "../lib/download.js";
import { calendar as toCalendar } from "./ics.js";
import { addDays, dayOf, defaults, derive, isRecord, match, toRecord } from "./state.js";
import { toFragment, toText } from "./text.js";

export const print = (list) => printAlone(list, "filled");
export const empty = (list) => printAlone(list, "empty");

/** Prints one list of the page, as it stands or with empty boxes. */
function printAlone(list, how) {
  list.setAttribute("data-print", how);
  addEventListener("afterprint", () => list.removeAttribute("data-print"), { once: true });
  window.print();
}

export async function link(list) {
  const { href } = new URL(toFragment(list.dataset.key, list.items, list.states, list.day), location.href);
  await carry(list, href, "Link with your ticks");
}

export const markdown = (list) => copy(list, "Markdown", true);
export const text = (list) => copy(list, "Text", false);

async function copy(list, what, isMarkdown) {
  const items = list.items.map((item, i) => ({ ...item, text: list.text(i), date: date(list, item) }));
  const found = derive(list.items, list.states);
  await carry(list, toText(list.dataset.title, items, found, { isMarkdown }), what);
}

async function carry(list, content, what) {
  list.say((await copyText(content)) ? `${what} copied.` : "The browser does not let us copy.");
}

const date = ({ day }, { due }) => (day && due !== undefined ? addDays(day, due) : "");

/** A calendar file of the items that are due and not done. */
export function calendar(list) {
  if (!list.day) {
    list.querySelector(".checklist-day input").focus();
    list.say("Choose the day first.");
    return;
  }
  const found = derive(list.items, list.states);
  const events = list.items.map((item, i) => ({ item, i }))
    .filter(({ item, i }) => item.due !== undefined && ["open", "doing"].includes(found[i]))
    .map(({ item, i }) => event(list, item, i));
  download(list, "ics", "text/calendar", toCalendar(list.dataset.title, events, new Date()));
  list.say(`Calendar file with ${events.length} ${events.length === 1 ? "item" : "items"} made.`);
}

function event(list, item, index) {
  const { id } = list.lines[index];
  return {
    uid: `${encodeURIComponent(`${list.dataset.key}/${item.key}`)}@${location.hostname || "localhost"}`,
    date: date(list, item),
    summary: list.text(index),
    url: location.href.replace(/#.*/, "") + (id && `#${encodeURIComponent(id)}`),
  };
}

/** A file of all states, for another device. */
export function save(list) {
  const record = toRecord(list.items, list.states, list.day);
  download(list, "json", "application/json", `${JSON.stringify(record, null, 2)}\n`);
  list.say("File made.");
}

const download = (list, ending, type, content) =>
  downloadFile(`${list.dataset.key.replace("/", "-")}.${ending}`, type, content);

/** Asks for a saved file and takes its states over, as far as its items are found here. */
export function load(list) {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".json" });
  input.addEventListener("change", async () => take(list, parsed(await input.files[0].text())));
  input.click();
}

function parsed(content) {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function take(list, record) {
  if (!isRecord(record)) {
    list.say("This file holds no checklist.");
    return;
  }
  const { states, removed } = match(record.items, list.items);
  list.day = dayOf(record.day) || list.day;
  list.change({ ...defaults(list.items), ...states });
  list.say(`${Object.keys(states).length} items taken over, ${removed.length} not found here.`);
}

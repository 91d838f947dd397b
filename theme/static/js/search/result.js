/** One thing that was found, as an item of the list. */
import { fold } from "../lib/fold.js";
import { make } from "../lib/make.js";
import { marked } from "./mark.js";

const MOST_HEADINGS = 3;
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

export function result(entry, words) {
  const { url, title, kind, when, lang, partOf, tags, people, text, headings } = entry;
  const foreign = { lang: lang || null, dir: "auto" };
  const facts = [[kind, partOf].filter(Boolean).join(" at "), inWords(when), people.join(", "), tags.join(", ")].filter(Boolean);
  const sections = headings.filter(([heading]) => words.some((word) => fold(heading).includes(word))).slice(0, MOST_HEADINGS);
  return make("li", { class: "search-result" },
    make("h2", { class: "search-title", ...foreign }, make("a", { href: url }, marked(title, words))),
    make("p", { class: "search-facts" }, marked(facts.join(" · "), words)),
    text && make("p", { class: "search-text", ...foreign }, marked(text, words)),
    sections.length > 0 && make("ul", { class: "search-sections", role: "list", "aria-label": "Sections" },
      sections.map(([heading, id = usualId(heading)]) => make("li", foreign, make("a", { href: `${url}#${encodeURIComponent(id)}` }, marked(heading, words))))));
}

// As plugins/search/entries.py has it.
const usualId = (heading) => heading.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** `2026-10-24/2026-10-25` and `2026-10-24T11:00` as the pages say it. */
function inWords(when) {
  if (!when) return "";
  const [first, last = first] = when.split("/").map((day) => new Date(day.slice(0, 10)));
  const [, time] = when.split("T");
  return DAY.formatRange(first, last) + (time ? `, ${time}` : "");
}

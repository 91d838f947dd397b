/** Changes as elements, as the pages' templates have them (release/parts.html). */
import { make } from "../lib/make.js";

const link = (change) =>
  change.url && [" · ", make("a", { href: change.url }, "details", make("span", { class: "visually-hidden" }, ` of ${change.id}`))];

/** A change as an item; a question stands for its condition where there is one to ask. */
export function showChange(change, question) {
  const text = make("p", { class: "change-text" });
  text.innerHTML = change.html;
  const repairs = change.type === "Security" || change.type === "Fixed";
  const { severity, condition } = change;
  return make(
    "li",
    { class: `change change-${change.type.toLowerCase()}`, "data-change": change.id },
    text,
    make(
      "p",
      { class: "change-about" },
      severity && [make("strong", { class: "severity", title: severity.vector }, `${severity.rating} (${severity.score})`), " · "],
      `${repairs ? "Fixed in" : "In"} ${change.fixed.toReversed().join(", ")}`,
      link(change) || null,
      change.credit && ` · Credit: ${change.credit.join(", ")}`,
    ),
    question || (condition && make("p", { class: "change-condition" }, `Only if ${condition.words}.`)),
  );
}

export const section = (title, ...content) =>
  make("section", { class: "flow" }, make("h2", { class: "section-title" }, title), ...content);

export const list = (items) => make("ul", { class: "changes", role: "list" }, items);

export function showActions(title, lines) {
  if (!lines.length) return null;
  return section(title, make("ol", {}, lines.map((line) => make("li", {}, line))));
}

/** The values that a link brought: listed in a page's <place-holder-tools>, and used when the reader says so. */
import { make } from "../lib/make.js";
import { brought, unlink, useLinked } from "./values.js";

/** Shows what is to be decided now, in place of what was shown before. */
export function ask(tools) {
  const rows = Object.entries(brought()).map(row).filter(Boolean);
  const before = tools.asking;
  before?.remove();
  tools.asking = rows.length ? list(tools, rows) : undefined;
  if (!tools.asking) return;
  tools.prepend(tools.asking);
  if (!before) tools.say("The link that you followed brings values. Look at them before you use them.");
}

function list(tools, rows) {
  const button = (label, act, said) => make("button", { type: "button", class: "command-button", click: () => (act(), tools.say(said)) }, label);
  return make(
    "div",
    { class: "place-holder-brought", role: "group", "aria-label": "Values of the link" },
    make("ul", {}, rows),
    button("Use these values", useLinked, "The values of the link fill this page. They are not kept."),
    button("Leave them out", unlink, "The values of the link are left out."),
  );
}

/** A row for a value, with what is wrong with it; none where the page has no such field. */
function row([name, value]) {
  const place = document.querySelector(`place-holder[data-name="${CSS.escape(name)}"]`);
  if (!place) return null;
  const fault = place.fault(value);
  return make("li", {}, `${place.dataset.label}: `, make("code", { dir: "auto" }, value), fault && ` is not used (${fault})`);
}

// The one module. The custom elements that a page holds are fetched and defined, and no others:
// a file under elements/ exports a class for each of its tags.
import { reachScrollableBoxes } from "./lib/scrollable.js";
import { followSearchKey } from "./lib/search-key.js";

const ELEMENTS = {
  "affected-tool": () => import("./elements/affected-tool.js"),
  "call-status": () => import("./elements/call-status.js"),
  "check-list": () => import("./elements/check-list.js"),
  "command-block": () => import("./elements/command-block.js"),
  "command-tabs": () => import("./elements/command-tabs.js"),
  "copy-address": () => import("./elements/copy-address.js"),
  "event-badges": () => import("./elements/event-badges.js"),
  "event-state": () => import("./elements/event-state.js"),
  "event-schedule": () => import("./elements/event-schedule.js"),
  "my-programme": () => import("./elements/my-programme.js"),
  "now-next": () => import("./elements/now-next.js"),
  "place-holder": () => import("./elements/place-holder.js"),
  "scheme-switch": () => import("./elements/scheme-switch.js"),
  "site-search": () => import("./elements/site-search.js"),
  "support-state": () => import("./elements/support-state.js"),
  "talk-page": () => import("./elements/talk-page.js"),
  "version-way": () => import("./elements/version-way.js"),
};

for (const [tag, fetchElements] of Object.entries(ELEMENTS)) {
  const first = document.querySelector(tag);
  if (first?.matches("[data-late]")) near(first, () => fetchElements().then(define));
  else if (first) fetchElements().then(define);
}

reachScrollableBoxes();
if (document.querySelector(".contents")) import("./lib/sections.js").then(({ followSections }) => followSections());
if (document.querySelector(".prose > .highlight")) import("./lib/copy-code.js").then(({ addCopyButtons }) => addCopyButtons());
followSearchKey();

function define(module) {
  for (const element of Object.values(module)) element.define();
}

/** Calls back once the reader comes near an element that stands far down its page, or into it. */
function near(element, act) {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    act();
  }, { rootMargin: "50%" });
  seen.observe(element);
}

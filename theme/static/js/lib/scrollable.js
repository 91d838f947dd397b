/**
 * Boxes that scroll can be scrolled by keyboard: while one holds more than it shows, it takes focus.
 *
 * Chromium and Firefox do so by themselves; Safari does not, and neither tells assistive technology.
 */
const BOXES = ":is(pre, .formula, .prose table, .table-scroll, .contents-list):not([tabindex])";

/** From now on every box of the page takes focus just as long as it scrolls. */
export function reachScrollableBoxes(root = document) {
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => reach(target)));
  for (const box of root.querySelectorAll(BOXES)) sizes.observe(box);
}

function reach(box) {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls) box.setAttribute("tabindex", "0");
  else box.removeAttribute("tabindex");
}

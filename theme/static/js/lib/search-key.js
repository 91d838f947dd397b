/** The key `/` leads to the search field, unless the reader has switched that off. */
import { read, write } from "./storage.js";

const KEY = "search-key";

export const usesKey = () => read(KEY) !== false;
export const useKey = (isUsed) => write(KEY, isUsed ? undefined : false);

/** Has the key go to the page's search field; where none is to be seen, to the search page. */
export function followSearchKey() {
  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping || !usesKey()) return;
    const ways = document.querySelectorAll("main .search-field, .header-search-field, .header-search-item > a");
    const way = [...ways].find((one) => one.checkVisibility({ visibilityProperty: true }));
    if (!way) return;
    event.preventDefault();
    if (way.href) location.assign(way.href);
    else way.focus();
  });
}

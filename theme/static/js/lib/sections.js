/**
 * Marks in the contents list which section of the text one is in, and says so in the line that
 * stands for the list on a phone: `3 of 9 · Making a revision`.
 */
export function followSections(contents = document.querySelector(".contents")) {
  if (!contents) return;
  const links = [...contents.querySelectorAll("a[href^='#']")];
  const heads = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const isTop = links.map((link) => !link.closest("ol ol"));
  const all = isTop.filter(Boolean).length;
  const fold = contents.querySelector(".contents-fold");
  const words = fold.textContent;
  let shown = -2;

  const look = () => {
    const line = innerHeight / 4;
    const index = heads.findLastIndex((head) => head && head.getBoundingClientRect().top <= line);
    if (index === shown) return;
    links[shown]?.removeAttribute("aria-current");
    links[index]?.setAttribute("aria-current", "true");
    shown = index;
    const top = isTop.slice(0, index + 1).lastIndexOf(true);
    const place = document.createElement("span");
    place.className = "contents-now";
    place.textContent = top < 0 ? words : `${isTop.slice(0, top + 1).filter(Boolean).length} of ${all} · ${links[top].textContent}`;
    fold.replaceChildren(place);
    if (contents.open) links[index]?.scrollIntoView({ block: "nearest" });
  };

  // On a phone the open list lies over the text that it leads to.
  contents.addEventListener("click", ({ target }) => {
    if (target.closest("a")) contents.open = false;
  });
  addEventListener("scroll", () => requestAnimationFrame(look), { passive: true });
  look();
}

/** A checklist's state as a link and the device hold it. */
export const LETTERS = { o: "open", d: "doing", x: "done", n: "skipped" };

/** The states and the day in a fragment; undefined when it is not of this list. */
export function fromFragment(fragment, name, items) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  if (words.get("checklist") !== name) return undefined;
  const states = Object.fromEntries(items.filter((i) => i.leaf).map((i) => [i.key, i.state]));
  for (const [letter, state] of Object.entries(LETTERS)) {
    for (const key of (words.get(letter) ?? "").split(",")) if (Object.hasOwn(states, key)) states[key] = state;
  }
  return { states, day: dayOf(words.get("day")) };
}

/** An ISO date, or nothing for what is none. */
export const dayOf = (day) =>
  /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : "";

/** What is kept on the device, and what a file holds: every item by key, and the day. */
export const toRecord = (items, states, day) => ({
  version: 1,
  day,
  items: Object.fromEntries(items.map((i) => [i.key, [i.words, i.leaf ? states[i.key] : ""]])),
});

/** Whether a value, perhaps from a file of anything, is such a record. */
export const isRecord = (value) => value?.version === 1 && Object.values(value.items ?? [0]).every(
  (one) => typeof one?.[0] === "string" && ["", ...Object.values(LETTERS)].includes(one[1]));

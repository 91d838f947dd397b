/** A checklist's state as an address and as a record, and back. */
const LETTERS = { o: "open", d: "doing", x: "done", n: "skipped" };

/** `#checklist=x/list&x=room,~a1b2&day=2027-03-01`: only what differs from the author's states. */
export function toFragment(name, items, states, day) {
  const words = new URLSearchParams({ checklist: name });
  for (const [letter, state] of Object.entries(LETTERS)) {
    const keys = items.filter((i) => i.leaf && states[i.key] === state && i.state !== state);
    if (keys.length) words.set(letter, keys.map((item) => item.key).join(","));
  }
  if (day) words.set("day", day);
  return `#${words}`;
}

/** The states and the day in a fragment; undefined when it is not of this list. */
export function fromFragment(fragment, name, items) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  if (words.get("checklist") !== name) return undefined;
  const states = Object.fromEntries(items.filter((i) => i.leaf).map((i) => [i.key, i.state]));
  for (const [letter, state] of Object.entries(LETTERS)) {
    for (const key of (words.get(letter) ?? "").split(",")) if (key in states) states[key] = state;
  }
  return { states, day: words.get("day") ?? "" };
}

/** What is kept on the device, and what a file holds: every item by key, and the day. */
export const toRecord = (items, states, day) => ({
  version: 1,
  day,
  items: Object.fromEntries(items.map((i) => [i.key, [i.words, i.leaf ? states[i.key] : ""]])),
});

/** Whether a value, perhaps from a file of anything, is such a record. */
export const isRecord = (value) => value?.version === 1 && Object.values(value.items ?? [0]).every(
  (one) => typeof one?.[0] === "string" && ["", ...Object.values(LETTERS)].includes(one[1]));

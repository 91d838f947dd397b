/**
 * What the states of a checklist add up to. No document, no storage: data in, data out.
 *
 * An item is {key, section, words, text, state, due, parent, leaf}: `state` is its author's,
 * `parent` the index of the item above or -1. States are an object of leaf keys.
 */

/** The author's own states of all leaves. */
export const defaults = (items) =>
  Object.fromEntries(items.filter((item) => item.leaf).map((item) => [item.key, item.state]));

/** The leaves at or below an item. */
export const leaves = (items, index) =>
  items.filter((item, i) => {
    let at = i;
    while (at > index) at = items[at].parent;
    return item.leaf && at === index;
  });

/** The state of every item, by index: a parent's comes from its leaves. */
export const derive = (items, states) =>
  items.map((item, index) =>
    item.leaf ? states[item.key] : together(leaves(items, index).map((leaf) => states[leaf.key])));

function together(states) {
  const counted = states.filter((state) => state !== "skipped");
  if (!counted.length) return states.length ? "skipped" : "open";
  return counted.every((state) => state === counted[0]) ? counted[0] : "doing";
}

/** The states after an item and all below it were set; ticking passes over what does not apply. */
export function set(items, states, index, state) {
  const changed = { ...states };
  for (const { key, leaf } of leaves(items, index)) {
    const keeps = !items[index].leaf && state !== "skipped" && states[key] === "skipped";
    if (leaf && !keeps) changed[key] = state;
  }
  return changed;
}

/** How many leaves count, are done, in progress, and do not apply. */
export function count(items, states) {
  const of = (state) => items.filter((item) => item.leaf && states[item.key] === state).length;
  const skipped = of("skipped");
  return {
    all: items.filter((item) => item.leaf).length - skipped,
    done: of("done"),
    doing: of("doing"),
    skipped,
  };
}

/** `3 of 12 done, 1 in progress, 2 not applicable`. */
export const inWords = ({ all, done, doing, skipped }) =>
  [`${done} of ${all} done`, doing && `${doing} in progress`, skipped && `${skipped} not applicable`]
    .filter(Boolean).join(", ");

/** The date `days` after an ISO date, as an ISO date; calendar days, so no clock change matters. */
export function addDays(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

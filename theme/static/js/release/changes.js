/**
 * A product's JSON, and the two questions about it: what lies between two versions, and whether a
 * version is affected. Both answers are those of plugins/release (upgrade.py, affected.py).
 */

/** The product with its versions' places in their order. */
export async function fetchProduct(source) {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  return indexed(await answer.json());
}

export function indexed(product) {
  const place = new Map(product.versions.map((version, index) => [version.name, index]));
  const changes = product.changes.map((change) => ({
    ...change,
    url: urlOf(product, change, place),
    places: change.fixed.map((name) => place.get(name)),
    ranges: change.affects?.map((pair) => pair.map((name) => place.get(name))),
    unsaid: (change.unknown ?? []).map((pair) => pair.map((name) => place.get(name))),
  }));
  return { ...product, place, changes };
}

/** The address of a change on the page of the post that told of it first; empty for none. */
function urlOf(product, change, place) {
  const { notes } = product.versions[place.get(change.told ?? change.fixed[0])];
  return notes ? `${notes}#${change.anchor ?? change.id}` : "";
}

/** Whether a version has a change through its own branch. */
export function has(product, change, at) {
  const { branch } = product.versions[at];
  return change.places.some((place) => place <= at && product.versions[place].branch === branch);
}

/** The changes that the later version has and the earlier one has not. */
export function between(product, from, to) {
  const isPassed = (place) => from < place && place <= to;
  return product.changes.filter((change) => change.places.some(isPassed) && !has(product, change, from));
}

/** The groups of a way, in the order of pages; empty ones are left out. */
export function grouped(changes) {
  const sort = (change) => {
    if (change.type === "Security" || change.type === "Migration") return change.type;
    return change.breaking ? "Breaking changes" : "Everything else";
  };
  const titles = ["Security", "Breaking changes", "Migration", "Everything else"];
  const groups = titles.map((title) => [title, changes.filter((change) => sort(change) === title)]);
  return groups.filter(([, own]) => own.length);
}

/** The actions of changes, each once: `key` is `before` or `after`. */
export const actions = (changes, key) => [...new Set(changes.flatMap((change) => change[key] ?? []))];

/** Whether a version is affected; `holds` is true, false or undefined when it is not answered. */
export function status(product, change, at, holds) {
  if (at === undefined) return "not known";
  if (has(product, change, at)) return "not affected";
  const isIn = ([first, last]) => first <= at && at <= last;
  if (change.unsaid.some(isIn)) return "not known";
  if (change.ranges && !change.ranges.some(isIn)) return "not affected";
  if (change.condition && holds === false) return "not affected";
  if (change.ranges) return change.condition && holds === undefined ? "perhaps" : "affected";
  const { branch } = product.versions[at];
  return change.places.some((place) => product.versions[place].branch === branch) ? "perhaps" : "not known";
}

/** The last version of a branch that stands; undefined when it has none. */
export function latest(product, branch) {
  return product.versions.findLastIndex((version) => version.branch === branch && !version.withdrawn);
}

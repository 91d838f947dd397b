/**
 * The version that the reader runs: kept on this device, by product, and shared with the
 * placeholder `{{postgresql_version}}` of guides, for all pages when the reader agreed to that.
 */
import { candidates, set } from "../command/values.js";
import { read, write } from "../lib/storage.js";

const slug = (source) => source.split("/").at(-2);
const shared = (source) => `${slug(source).replaceAll("-", "_")}_version`;

export function keptVersion(source) {
  return read(`version:${slug(source)}`) ?? candidates(shared(source))[0] ?? "";
}

export function keepVersion(source, version) {
  write(`version:${slug(source)}`, version || undefined);
  set(shared(source), version || undefined);
}

/** The words of the address's fragment, like `from=9.0.4&to=9.1.3`. */
export const asked = () => new URLSearchParams(location.hash.slice(1));

/** Puts words into the fragment, without a step in the history. */
export function ask(words) {
  const text = new URLSearchParams(Object.entries(words).filter(([, word]) => word)).toString();
  history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
}

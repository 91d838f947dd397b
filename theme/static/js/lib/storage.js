/**
 * Values that stay on this device, as JSON in localStorage.
 *
 * Where a browser forbids storage, values last as long as the page: nothing throws.
 */
const memory = new Map();

const attempt = (work, otherwise) => {
  try {
    return work();
  } catch {
    return otherwise();
  }
};

/** The value kept under a key; undefined when there is none or it is broken. */
export function read(key) {
  const text = attempt(() => localStorage.getItem(key), () => null) ?? memory.get(key);
  return text == null ? undefined : attempt(() => JSON.parse(text), () => undefined);
}

/** Keeps a value; undefined forgets the key. */
export function write(key, value) {
  memory.delete(key);
  if (value === undefined) {
    attempt(() => localStorage.removeItem(key), () => {});
    return;
  }
  const text = JSON.stringify(value);
  attempt(() => localStorage.setItem(key, text), () => memory.set(key, text));
}

/** Every key with a prefix, sorted. */
export function keys(prefix) {
  const stored = attempt(() => Object.keys(localStorage), () => []);
  return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(prefix)).sort();
}

/** Calls back when another tab changes a key (null for all of them); answers how to stop. */
export function subscribe(changed) {
  const listen = (event) => changed(event.key);
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}

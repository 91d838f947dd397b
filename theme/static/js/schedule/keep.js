/** Keeping an event's pages on the device: the worker of offline.js, and the reader's say in it. */
import { now } from "../lib/clock.js";
import { read, write } from "../lib/storage.js";

const placeOf = ({ dataset }) => `schedule:${dataset.event}:offline`;
const AFTERMATH = 7 * 86_400_000;

/** Whether this browser and this site can keep pages at all: the markup names the worker then. */
export const canKeep = ({ dataset }) => "serviceWorker" in navigator && Boolean(dataset.worker);

/** Whether the reader lets us keep this event. */
export const isKept = (element) => read(placeOf(element)) !== "off";

/** Whether an event is to come or was on lately: the pages of older ones are kept no more. */
export const isFresh = (lastEnd) => lastEnd + AFTERMATH >= now();

/** Starts the worker, after the page is there, for events that are not long over. */
export function keepEvent(element, lastEnd = Infinity) {
  if (!canKeep(element) || !isKept(element) || !isFresh(lastEnd)) return;
  if (document.readyState === "complete") register(element);
  else addEventListener("load", () => register(element), { once: true });
}

// A worker that cannot be had is no loss that a reader should read of in a console.
const register = ({ dataset }) => navigator.serviceWorker.register(dataset.worker).catch(() => {});

/** The reader lets us keep pages, or no more: then all that was kept for this event is gone. */
export async function setKept(element, isWanted) {
  write(placeOf(element), isWanted ? undefined : "off");
  if (isWanted) return register(element);
  const registration = await navigator.serviceWorker.getRegistration(element.dataset.base);
  await registration?.unregister();
  const scope = new URL(element.dataset.base, location.href).pathname;
  const names = (await caches.keys()).filter((name) => name.startsWith(`offline ${scope} `));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** The sessions of an event that the reader has starred, kept on this device for all tabs. */
import { read, subscribe, write } from "../lib/storage.js";

const CHANGED = "schedule-stars";

export class Stars {
  constructor(event) {
    this.key = `schedule:${event}:stars`;
  }

  /** Ids, sorted; those of sessions that are gone stay until the reader forgets them. */
  get ids() {
    const kept = read(this.key);
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  }

  set ids(ids) {
    const sorted = [...new Set(ids)].sort();
    write(this.key, sorted.length ? sorted : undefined);
    dispatchEvent(new CustomEvent(CHANGED));
  }

  has(id) {
    return this.ids.includes(id);
  }

  /** Stars a session, or no longer; answers whether it is starred now. */
  toggle(id) {
    const isStarred = !this.has(id);
    this.ids = isStarred ? [...this.ids, id] : this.ids.filter((other) => other !== id);
    return isStarred;
  }

  /** Calls back when this tab or another changes a star; answers how to stop. */
  watch(changed) {
    const stop = subscribe((key) => (key === null || key === this.key) && changed());
    addEventListener(CHANGED, changed);
    return () => {
      stop();
      removeEventListener(CHANGED, changed);
    };
  }
}

/** Where an event is in time, by its first and its last instant, in words. */
const DAY = 86_400_000;

/** `coming`, `on` or `over`. */
export function stateOf({ starts, ends }, instant) {
  if (instant < starts) return "coming";
  return instant < ends ? "on" : "over";
}

/** `On now`, `Tomorrow`, `In 12 days`, `Just over`, `Past event`; days are those of the calendar. */
export function stateInWords({ starts, ends }, instant) {
  const state = stateOf({ starts, ends }, instant);
  if (state === "on") return "On now";
  if (state === "over") return instant - ends < 14 * DAY ? "Just over" : "Past event";
  const days = Math.ceil((starts - instant) / DAY);
  if (days > 99) return "To come";
  return days > 1 ? `In ${days} days` : "Tomorrow";
}

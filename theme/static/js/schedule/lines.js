/** Sessions as lines, where script lists them: my programme, and what is on now. */
import { make } from "../lib/make.js";
import { ownTime, starButton } from "./parts.js";
import { differs } from "./times.js";

/**
 * A session's line: {node, star, state}. `stars` toggles it, `zone` is one to show beside the
 * event's, `notes` are lines below it.
 */
export function sessionLine(session, { stars, zone, notes = [] }) {
  const { id, title, url, startIso, endIso, roomNames, speakers, status, track, kind } = session;
  const star = starButton(title, () => stars.toggle(id));
  const state = make("span", { class: "session-state" });
  const isElsewhere = startIso && zone && differs([startIso], zone);
  const node = make("li", { class: "session", "data-session": id, "data-status": status, "data-kind": kind, "data-track": track || null },
    make("h3", { class: "session-title" }, url ? make("a", { href: url }, title) : title),
    star,
    make("p", { class: "session-when" }, when(session), roomNames && ["," , " ", make("span", { class: "session-room" }, roomNames)], " ", state),
    isElsewhere && ownTime(startIso, endIso, zone),
    speakers.length > 0 && make("p", { class: "session-who" }, speakers.join(", ")),
    status !== "confirmed" && make("p", { class: "session-facts" }, status[0].toUpperCase() + status.slice(1)),
    notes.map((note) => make("p", { class: "session-note" }, note)));
  return { node, star, state };
}

function when({ startIso, endIso, endKnown }) {
  if (!startIso) return ["Time not known"];
  const time = (iso) => make("time", { datetime: iso }, iso.slice(11, 16));
  return endIso && endKnown !== false ? [time(startIso), " to ", time(endIso)] : [time(startIso)];
}

/** A day's name, like `Saturday, 24 October`, in the page's language. */
export const dayName = (date, days = []) => days.find((day) => day.date === date)?.heading
  ?? new Date(`${date}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });

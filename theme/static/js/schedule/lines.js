/** Sessions as lines, where script lists them: my programme, and what is on now. */
import { make } from "../lib/make.js";
import { ownTime, starButton } from "./parts.js";
import { differs } from "./times.js";

/**
 * A session's line: {node, star, state}. `stars` toggles it, `zone` is one to show beside the
 * event's, `tracks` are names by id, `warnings` are lines below it.
 */
export function sessionLine(session, { stars, zone, tracks = {}, warnings = [] }) {
  const { id, title, lang, url, startIso, endIso, roomNames, speakers, status, track, kind, facts, mark, colour } = session;
  const star = starButton(title, () => stars.toggle(id));
  const state = make("span", { class: "session-state" });
  const isElsewhere = startIso && zone && differs([startIso], zone);
  const told = [tracks[track] && make("span", { class: "session-track" }, tracks[track]), ...facts ?? []].filter(Boolean);
  const node = make("li", { class: "session", "data-session": id, "data-status": status, "data-kind": kind, "data-colour": colour || null },
    make("h3", { class: "session-title" }, make(url ? "a" : "span", { href: url || null, lang: lang || null, dir: "auto" }, title)),
    star,
    mark && make("p", { class: "session-status" }, mark),
    make("p", { class: "session-when" }, when(session), roomNames && [", ", make("span", { class: "session-room" }, roomNames)], " ", state),
    isElsewhere && ownTime(startIso, endIso || startIso, zone),
    speakers.length > 0 && make("p", { class: "session-who" }, speakers.join(", ")),
    told.length > 0 && make("p", { class: "session-facts" }, told.flatMap((fact, index) => [index > 0 && " · ", fact])),
    warnings.map((warning) => make("p", { class: "session-warning" }, warning)));
  return { node, star, state };
}

/** The times on the event's clock, with what tells them from others of the same name. */
function when({ startIso, endIso, endKnown, day }) {
  if (!startIso) return ["Time not known"];
  const isChange = endIso && startIso.slice(16) !== endIso.slice(16);
  const time = (iso) => [make("time", { datetime: iso }, iso.slice(11, 16)), marks(iso, day, isChange)];
  return endIso && endKnown !== false ? [...time(startIso), "–", ...time(endIso)] : time(startIso);
}

/** `next day`, and the offset where clocks change between start and end. */
function marks(iso, day, isChange) {
  const words = [iso.slice(0, 10) > day && "next day", isChange && offsetInWords(iso)].filter(Boolean);
  return words.length ? ` (${words.join(", ")})` : "";
}

/** `UTC+2` of an ISO text that ends in `+02:00`. */
const offsetInWords = (iso) => `UTC${iso.slice(19).replace("-", "−").replace(/^(.)0/, "$1").replace(/:00$/, "")}`;

/** A day's name, like `Saturday, 24 October`, in the page's language. */
export const dayName = (date, days = []) => days.find((day) => day.date === date)?.heading
  ?? new Date(`${date}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });

/**
 * Sessions as script knows them, from markup or from programme.json.
 *
 * {id, title, url, day, start, end (milliseconds or null), startIso, endIso, rooms, roomNames,
 * track, kind, language, status, speakers, text}; from markup also `node`, from data `uid`, `lang`
 * (of its title, where that is not the page's), `facts` (words for its kind and language) and `mark`
 * (that it is cancelled, not sure yet, or from where it moved).
 */
import { fold } from "../lib/fold.js";

/** The sessions below an element. */
export const fromMarkup = (root) => [...root.querySelectorAll(".session[data-session]")].map((node) => {
  const { session: id, start, end, rooms = "", track, kind, language, status } = node.dataset;
  const textOf = (selector) => node.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const title = textOf(".session-title");
  const roomNames = textOf(".session-room");
  return {
    ...timed(start, end),
    node, id, title, roomNames, track, kind, language, status,
    rooms: rooms.split(/\s+/).filter(Boolean),
    day: node.closest("[data-date]")?.dataset.date ?? start?.slice(0, 10) ?? "",
    text: fold([title, start?.slice(11, 16), roomNames, textOf(".session-who"), textOf(".session-facts"), kind, nameOf(language)].join(" ")),
  };
});

/** What English calls a language; nothing where its tag is none. */
export function nameOf(language) {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(language);
  } catch {
    return "";
  }
}

/** The sessions of a programme.json; an end that was only assumed is told by `endKnown`. */
export const fromProgramme = ({ sessions, rooms = {}, speakers = {} }) => sessions.map((session) => ({
  ...session,
  ...timed(session.start, session.end),
  roomNames: (session.rooms ?? []).map((id) => rooms[id] ?? id).join(", ") || (session.room ?? ""),
  speakers: (session.speakers ?? []).map((id) => speakers[id] ?? id),
}));

const timed = (start, end) => ({
  startIso: start || null,
  endIso: end || null,
  start: start ? Date.parse(start) : null,
  end: end ? Date.parse(end) : null,
});

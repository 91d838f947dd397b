/** What a reader carries off: a calendar file, a link, a QR code. Each answers what to say. */
import { copyText } from "../lib/clipboard.js";
import { download } from "../lib/download.js";
import { make } from "../lib/make.js";
import { calendar } from "./calendar.js";
import { programmeAt } from "./programme.js";
import { encode, pathOf } from "./qr.js";
import { toFragment } from "./share.js";

const SVG = "http://www.w3.org/2000/svg";

/** Gives the reader a calendar file of these sessions. */
export async function saveCalendar({ dataset }, ids) {
  const { title, place, sessions } = await programmeAt(dataset.programme);
  const chosen = sessions.filter(({ id }) => ids.includes(id));
  const untimed = chosen.filter(({ start }) => start == null).length;
  const name = chosen.length === 1 ? chosen[0].title : title;
  const text = calendar(name, chosen, { place, address: location.href });
  const file = [dataset.event, chosen.length === 1 && chosen[0].id].filter(Boolean).join("-");
  download(`${file}.ics`, "text/calendar", text);
  const count = chosen.length - untimed;
  const left = untimed ? ` ${untimed} without a time ${untimed === 1 ? "is" : "are"} not in it.` : "";
  return `Calendar file with ${count} ${count === 1 ? "session" : "sessions"} made.${left}`;
}

/** The address of my programme with these sessions in its fragment. */
export const linkOf = ({ dataset }, ids) => new URL(`${dataset.base}my/${toFragment(ids)}`, location.href).href;

export const copyLink = async (element, ids) =>
  (await copyText(linkOf(element, ids))) ? "Link copied. It holds your sessions and nothing else." : linkOf(element, ids);

/** A picture of the link's QR code; undefined when there are too many sessions for one. */
export function qrCode(text) {
  const matrix = encode(text);
  if (!matrix) return undefined;
  const svg = document.createElementNS(SVG, "svg");
  const size = matrix.length + 8;
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", pathOf(matrix));
  svg.append(path);
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${size} ${size}`, class: "qr", role: "img", "aria-label": "QR code of the link" })) {
    svg.setAttribute(name, value);
  }
  return make("a", { href: text, class: "qr-link" }, svg);
}

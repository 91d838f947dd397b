/** The lines of a calendar file (RFC 5545), for all who write one. */

/** A whole file: `events` are lists of lines. */
export function calendarFile(product, title, events) {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//Hallway//${product}//EN`,
    `X-WR-CALNAME:${escaped(title)}`];
  const body = events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]);
  return [...head, ...body, "END:VCALENDAR", ""].map(folded).join("\r\n");
}

/** An instant as section 3.3.5 writes it in UTC. */
export const stamp = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");

/** Section 3.3.11; other control characters may not stand in a calendar at all. */
export const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n")
  .replace(/[\u0000-\u001f\u007f]/g, "");

/** Section 3.1: no line is longer than 75 octets, and no character is cut in two. */
function folded(line) {
  const lines = [""];
  let room = 75;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (size > room) {
      lines.push(" ");
      room = 74;
    }
    lines[lines.length - 1] += character;
    room -= size;
  }
  return lines.join("\r\n");
}

/**
 * <support-state ends="2015-10-08" maintained="…"> says how far a branch is supported.
 *
 * The page says what held on the day it was built; the element corrects that by the reader's day.
 */
export class SupportState extends HTMLElement {
  static define(tag = "support-state", registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  connectedCallback() {
    const ends = this.getAttribute("ends");
    if (!ends) return;
    const today = new Date().toLocaleDateString("sv");
    const maintained = this.getAttribute("maintained");
    if (ends < today) this.say("ended", `Support ended on ${inWords(ends)}`);
    else if (maintained && maintained < today) this.say("security", `Security fixes only, until ${inWords(ends)}`);
    else this.say("supported", `Supported until ${inWords(ends)}`);
  }

  say(state, words) {
    this.classList.remove("support-ended", "support-security", "support-supported");
    this.classList.add(`support-${state}`);
    this.textContent = words;
  }
}

function inWords(day) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", options);
}

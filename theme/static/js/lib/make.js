/**
 * An element with attributes, listeners and content.
 *
 * A function is a listener of the event that its key names; false, null and undefined leave an
 * attribute or a piece of content out; true sets an empty attribute.
 */
export function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...content.flat().filter((piece) => piece !== false && piece != null));
  return element;
}

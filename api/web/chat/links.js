// @ts-check
/** @import { Labels } from "./labels.js" */

const IN_TEXT = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;

/**
 * The address if it leads to the web; null for `javascript:` and whatever else somebody may think of.
 * @param {string | null | undefined} address
 */
export function webAddress(address) {
  if (!address || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  return ["http:", "https:"].includes(url.protocol) ? url.href : null;
}

/**
 * A link that opens in a new tab and says so; just the words where the address is not one of the web.
 * @param {string} words
 * @param {string | null | undefined} address
 * @param {Labels} labels
 * @returns {Node}
 */
export function link(words, address, labels) {
  const href = webAddress(address);
  if (!href) return document.createTextNode(words);
  const made = document.createElement("a");
  made.href = href;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  const note = document.createElement("span");
  note.className = "unseen";
  note.textContent = ` (${labels.say("new_tab")})`;
  made.append(words, note);
  return made;
}

/**
 * A phone number to press. Digits and a plus only: an address that says something else calls nobody.
 * @param {string} words
 * @param {string} number
 */
export function phoneLink(words, number) {
  const made = document.createElement("a");
  made.href = `tel:${number.replace(/[^+\d]/g, "")}`;
  made.textContent = words;
  return made;
}

/**
 * Text with its web addresses made into links.
 * @param {string} text
 * @param {Labels} labels
 * @returns {Node[]}
 */
export function linked(text, labels) {
  /** @type {Node[]} */
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(IN_TEXT)) {
    parts.push(document.createTextNode(text.slice(end, found.index)), link(found[0], found[0], labels));
    end = found.index + found[0].length;
  }
  return [...parts, document.createTextNode(text.slice(end))];
}

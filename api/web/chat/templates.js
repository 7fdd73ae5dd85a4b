// @ts-check
/** @import { Labels } from "./labels.js" */

/** @typedef {string | Node | Node[] | null | undefined} Filling */

/**
 * A copy of a template of the page, labelled and filled in. An element without a filling leaves, and so does a
 * `data-when` around it. Text is set as text, never as markup: what people type is data.
 * @param {string} id
 * @param {Labels} labels
 * @param {Record<string, Filling>} [fillings]
 * @returns {HTMLElement}
 */
export function copy(id, labels, fillings = {}) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  const made = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  labels.write(made);
  for (const part of [...made.querySelectorAll("[data-when]")]) {
    if (isEmpty(fillings[part.getAttribute("data-when") ?? ""])) part.remove();
  }
  for (const part of [...made.querySelectorAll("[data-fill]")]) {
    const filling = fillings[part.getAttribute("data-fill") ?? ""];
    if (isEmpty(filling)) part.remove();
    else part.replaceChildren(...[filling ?? ""].flat());
  }
  return made;
}

/** @param {Filling} filling */
function isEmpty(filling) {
  return filling === null || filling === undefined || filling === "" || (Array.isArray(filling) && !filling.length);
}

/**
 * The element below another that must be there.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new (...args: any[]) => T} kind
 * @returns {T}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${selector}`);
  return found;
}

// @ts-check
/** @import { Language } from "./shapes.d.ts" */

/** The words on buttons and headings, in the language of the moment. Both came with the page. */
export class Labels {
  #all;

  /**
   * @param {Record<Language, Record<string, string>>} all
   * @param {Language} language
   */
  constructor(all, language) {
    this.#all = all;
    this.language = language;
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const label = this.#all[this.language][key];
    if (label === undefined) throw new Error(`no label ${key}`);
    return label.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }

  /**
   * Write every label below an element anew.
   * @param {ParentNode} root
   */
  write(root) {
    for (const element of root.querySelectorAll("[data-label]")) {
      element.textContent = this.say(element.getAttribute("data-label") ?? "");
    }
  }
}

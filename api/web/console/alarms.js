// @ts-check
import { copy, find } from "../chat/templates.js";
import { code, sayWhat } from "./words.js";
/** @import { Labels } from "../chat/labels.js" */
/** @import { CaseSummary } from "./shapes.d.ts" */

/** Acute signals in cases that run already: on top of every page, until the coach looks or says "seen". */
export class Alarms {
  /** @type {Map<string, { at: string, bar: HTMLElement }>} */
  #shown = new Map();
  /** @type {Map<string, string>} case -> the alarm that was seen */
  #seen = new Map();

  /**
   * @param {HTMLElement} root
   * @param {Labels} labels
   */
  constructor(root, labels) {
    this.root = root;
    this.labels = labels;
  }

  /** @param {CaseSummary[]} running */
  show(running) {
    for (const id of this.#shown.keys()) if (!running.some((one) => one.id === id && one.alarm_at)) this.#remove(id);
    for (const one of running) if (one.alarm_at && this.#isNew(one.id, one.alarm_at)) this.#add(one, one.alarm_at);
  }

  clear() {
    for (const id of this.#shown.keys()) this.#remove(id);
  }

  /**
   * @param {string} id
   * @param {string} at
   */
  #isNew(id, at) {
    return this.#seen.get(id) !== at && this.#shown.get(id)?.at !== at;
  }

  /**
   * @param {CaseSummary} one
   * @param {string} at
   */
  #add(one, at) {
    this.#remove(one.id);
    const title = this.labels.say("alarm.title", { code: code(one) });
    const bar = copy("alarm", this.labels, { title, what: sayWhat(one, this.labels) });
    const look = find(bar, "a", HTMLAnchorElement);
    look.href = `#/${one.id}`;
    for (const seen of [look, find(bar, "button", HTMLButtonElement)])
      seen.addEventListener("click", () => (this.#seen.set(one.id, at), this.#remove(one.id)));
    this.#shown.set(one.id, { at, bar });
    this.root.append(bar);
  }

  /** @param {string} id */
  #remove(id) {
    this.#shown.get(id)?.bar.remove();
    this.#shown.delete(id);
  }
}

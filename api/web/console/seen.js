// @ts-check
/** @import { CaseSummary } from "./shapes.d.ts" */

const NAME = "wegwijs:seen";

/** How far this coach has read each case: numbers only, so that they may stay in the browser. */
export class Seen {
  /** @type {Record<string, number>} */
  #upTo = JSON.parse(localStorage.getItem(NAME) ?? "{}");

  /** @param {CaseSummary} one */
  hasNews(one) {
    return one.last_seq > (this.#upTo[one.id] ?? 0);
  }

  /**
   * @param {string} id
   * @param {number} seq
   */
  mark(id, seq) {
    this.#upTo[id] = Math.max(seq, this.#upTo[id] ?? 0);
    localStorage.setItem(NAME, JSON.stringify(this.#upTo));
  }

  /**
   * Forget cases that do not run any more.
   * @param {CaseSummary[]} running
   */
  keepOnly(running) {
    const ids = new Set(running.map(({ id }) => id));
    this.#upTo = Object.fromEntries(Object.entries(this.#upTo).filter(([id]) => ids.has(id)));
  }
}

// @ts-check
import { Problem } from "./api.js";
import { Sleep, waitSeconds } from "./backing_off.js";
/** @import { Post, Waiting } from "./shapes.d.ts" */

const NOW = 0;

/**
 * What the visitor said and the server has not confirmed. Every try carries the same id, so nothing is said twice.
 * One goes at a time, in order; one that the server holds up does not hold up the next, which may be a cry for help.
 */
export class Outbox {
  /** @type {Waiting[]} */
  waiting = [];
  #isRunning = false;
  #sleep = new Sleep();

  /**
   * @param {object} told
   * @param {(post: Post) => Promise<void>} told.deliver
   * @param {() => void} told.changed
   * @param {(entry: Waiting, problem: Problem) => void} told.refused
   */
  constructor(told) {
    this.told = told;
  }

  /**
   * @param {Post} post
   * @param {string} shown what the visitor sees as their own words
   */
  add(post, shown) {
    this.waiting.push({ post, shown, status: "sending", dueAt: NOW, waitS: 0, tries: 0, detail: "" });
    this.told.changed();
    this.#sleep.end();
    void this.#run();
  }

  /** Try everything now: the internet is back. */
  wake() {
    for (const entry of this.waiting) entry.dueAt = NOW;
    this.#sleep.end();
  }

  clear() {
    this.waiting = [];
    this.#sleep.end();
  }

  /** @param {string | null | undefined} id */
  confirm(id) {
    const left = this.waiting.filter((entry) => entry.post.client_message_id !== id);
    if (left.length === this.waiting.length) return;
    this.waiting = left;
    this.told.changed();
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.waiting.length) {
      const entry = this.waiting.find(({ dueAt }) => dueAt <= Date.now());
      if (entry) await this.#try(entry);
      else await this.#sleep.rest(Math.min(...this.waiting.map(({ dueAt }) => dueAt)) - Date.now());
    }
    this.#isRunning = false;
  }

  /** @param {Waiting} entry */
  async #try(entry) {
    entry.status = "sending";
    this.told.changed();
    try {
      await this.told.deliver(entry.post);
      this.confirm(entry.post.client_message_id);
    } catch (error) {
      if (!this.waiting.includes(entry)) return; // it came back through the events, or was erased
      if (error instanceof Problem && error.status < 500 && error.status !== 429) this.#refuse(entry, error);
      else this.#hold(entry, error);
    }
  }

  /**
   * @param {Waiting} entry
   * @param {Problem} problem
   */
  #refuse(entry, problem) {
    this.confirm(entry.post.client_message_id);
    this.told.refused(entry, problem);
  }

  /**
   * @param {Waiting} entry
   * @param {unknown} error
   */
  #hold(entry, error) {
    const problem = error instanceof Problem ? error : null;
    entry.tries += 1;
    entry.waitS = Math.ceil(Math.max(problem?.retryAfterS ?? 0, waitSeconds(entry.tries)));
    entry.dueAt = Date.now() + entry.waitS * 1000;
    entry.status = problem ? (problem.status === 429 ? "slowly" : "again") : "waiting";
    entry.detail = problem?.status === 503 ? problem.detail : "";
    if (!problem) for (const other of this.waiting) other.dueAt = Math.max(other.dueAt, entry.dueAt); // keeps their order
    this.told.changed();
  }
}

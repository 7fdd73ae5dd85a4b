// @ts-check
/** @import { Key } from "./shapes.d.ts" */

/** Keeps the conversation's key in this tab, and nowhere else; in memory where the browser refuses even that. */
export class KeyStore {
  #name;
  /** @type {string | null} */
  #inMemory = null;

  /** @param {string} site */
  constructor(site) {
    this.#name = `wegwijs:${site}`;
  }

  /** @returns {Key | null} */
  read() {
    try {
      return JSON.parse(this.#read() ?? "null");
    } catch {
      return null; // somebody else wrote there
    }
  }

  /** @param {Key} key */
  keep({ id, token }) {
    this.#inMemory = JSON.stringify({ id, token });
    try {
      sessionStorage.setItem(this.#name, this.#inMemory);
    } catch {
      // Storage is blocked in this frame: the conversation lasts until a reload.
    }
  }

  forget() {
    this.#inMemory = null;
    try {
      sessionStorage.removeItem(this.#name);
    } catch {
      // Then there is nothing to forget.
    }
  }

  #read() {
    try {
      return sessionStorage.getItem(this.#name);
    } catch {
      return this.#inMemory;
    }
  }
}

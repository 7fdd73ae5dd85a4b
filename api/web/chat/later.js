// @ts-check
import { Problem } from "./api.js";
import { Sheet } from "./sheet.js";
import { find } from "./templates.js";
/** @import { Conversation } from "./conversation.js" */
/** @import { Labels } from "./labels.js" */

/** Come back later: gives a code, and takes one. */
export class Later extends Sheet {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {Conversation} conversation
   * @param {Labels} labels
   */
  constructor(dialog, conversation, labels) {
    super(dialog);
    this.conversation = conversation;
    this.labels = labels;
    this.press("get", () => this.#get());
    this.press("copy", () => this.#copy());
    find(dialog, "form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#enter();
    });
  }

  show() {
    this.#note("");
    this.#showCode("");
    this.#field.value = "";
    find(this.dialog, '[data-press="get"]', HTMLButtonElement).disabled = !this.conversation.isOpen;
    this.open();
  }

  async #get() {
    this.#note("");
    try {
      this.#showCode(await this.conversation.returnCode());
    } catch {
      this.#note("later.failed");
    }
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#code.textContent ?? "");
      this.#note("later.copied");
    } catch {
      this.#note("later.not_copied");
    }
  }

  async #enter() {
    const code = this.#field.value.trim().toLowerCase().replace(/\s+/g, "-");
    if (!code) return this.#field.focus();
    try {
      this.#showCode(await this.conversation.resume(code));
      this.#note("later.resumed");
      this.#field.value = "";
    } catch (error) {
      const waitS = error instanceof Problem && error.status === 429 ? error.retryAfterS : 0;
      if (waitS) this.#note("later.wait", { seconds: waitS });
      else this.#note(error instanceof Problem ? "later.wrong" : "speaks.offline");
      this.#field.focus();
    }
  }

  /** @param {string} code */
  #showCode(code) {
    this.#code.textContent = code;
    find(this.dialog, "#code-shown", HTMLElement).hidden = !code;
    find(this.dialog, '[data-press="get"]', HTMLButtonElement).hidden = Boolean(code);
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  #note(key, values) {
    find(this.dialog, "#later-note", HTMLElement).textContent = key && this.labels.say(key, values);
  }

  get #code() {
    return find(this.dialog, "#code", HTMLElement);
  }

  get #field() {
    return find(this.dialog, "input", HTMLInputElement);
  }
}

// @ts-check
import { find } from "./templates.js";
/** @import { Labels } from "./labels.js" */

const MAX_CHARACTERS = 2000; // the API's limit
const TELL_WITHIN = 200; // characters before the limit at which the visitor is told
const TYPING_EVERY_MS = 3000;

/** Where the visitor writes. Fires `wegwijs:send` with the text and `wegwijs:typing`; knows no network. */
export class ChatComposer extends HTMLElement {
  /** @type {Labels | undefined} */
  labels;
  #typedAt = 0;

  connectedCallback() {
    this.#form.addEventListener("submit", (event) => (event.preventDefault(), this.#send()));
    this.#field.addEventListener("keydown", (event) => {
      // Enter sends, Shift+Enter breaks the line; Enter that ends a composed character does neither.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    this.#field.addEventListener("input", () => (this.#grow(), this.#count(), this.#tellTyping()));
  }

  focusField() {
    this.#field.focus();
  }

  /**
   * Whether words can be sent. They can always be typed: also while the chat still starts.
   * @param {boolean} isClosed
   */
  close(isClosed) {
    this.#submit.disabled = isClosed;
  }

  /**
   * Give words back that could not be sent; what was typed since stays too.
   * @param {string} text
   */
  giveBack(text) {
    this.#field.value = [text, this.#field.value].filter(Boolean).join("\n");
    this.#grow();
    this.#count();
    this.focusField();
  }

  clear() {
    this.#field.value = "";
    this.#grow();
    this.#count();
  }

  #send() {
    const text = this.#field.value.trim();
    if (!text || text.length > MAX_CHARACTERS || this.#submit.disabled) return this.focusField();
    this.clear();
    this.#typedAt = 0;
    this.dispatchEvent(new CustomEvent("wegwijs:send", { bubbles: true, detail: text }));
    this.focusField();
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`; // 2: its borders
  }

  #count() {
    const left = MAX_CHARACTERS - this.#field.value.trim().length;
    const key = left < 0 ? "form.too_long" : "form.left";
    const note = left > TELL_WITHIN || !this.labels ? "" : this.labels.say(key, { count: Math.abs(left) });
    find(this, "#count", HTMLElement).textContent = note;
    this.#field.setAttribute("aria-invalid", String(left < 0));
  }

  #tellTyping() {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    this.dispatchEvent(new CustomEvent("wegwijs:typing", { bubbles: true }));
  }

  get #form() {
    return find(this, "form", HTMLFormElement);
  }

  get #submit() {
    return find(this, "button[type=submit]", HTMLButtonElement);
  }

  get #field() {
    return find(this, "textarea", HTMLTextAreaElement);
  }
}
customElements.define("chat-composer", ChatComposer);

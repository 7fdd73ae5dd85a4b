// @ts-check
import { newId } from "../chat/new_id.js";
import { Outbox } from "../chat/outbox.js";
import { find } from "../chat/templates.js";
import { reply, showTyping } from "./api.js";
/** @import { Message } from "./shapes.d.ts" */
/** @import { Waiting } from "../chat/shapes.d.ts" */
/** @import { Desk } from "./desk.js" */

const MAX_CHARACTERS = 2000; // the API's limit
const TELL_WITHIN = 200; // characters before the limit at which the coach is told
const TYPING_EVERY_MS = 3000;

/** Where the coach writes to the visitor. What was typed or sent outlives this box: in the drafts and the outbox. */
export class ReplyBox {
  #typedAt = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {string} caseId
   * @param {Desk} desk
   * @param {{ said: (message: Message) => void, waiting: (entries: Waiting[]) => void }} told
   */
  constructor(form, caseId, desk, told) {
    this.caseId = caseId;
    this.desk = desk;
    this.form = form;
    this.field = find(form, "textarea", HTMLTextAreaElement);
    this.field.value = desk.drafts.read(this.#draft);
    this.outbox = desk.outboxes.get(caseId) ?? new Outbox({ deliver: async () => {}, changed() {}, refused() {} });
    desk.outboxes.set(caseId, this.outbox);
    this.outbox.told = {
      deliver: async (post) => told.said(await reply(caseId, post)),
      changed: () => told.waiting(this.outbox.waiting),
      refused: (entry, problem) => this.#giveBack(entry, problem),
    };
    told.waiting(this.outbox.waiting);
    form.addEventListener("submit", (event) => (event.preventDefault(), this.#send()));
    this.field.addEventListener("keydown", (event) => {
      // Enter sends, Shift+Enter breaks the line; Enter that ends a composed character does neither.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("input", () => (this.#changed(), this.#tellTyping()));
    this.#changed();
  }

  get hasUnsent() {
    return Boolean(this.field.value.trim() || this.outbox.waiting.length);
  }

  focus() {
    this.field.focus();
  }

  get #draft() {
    return `reply:${this.caseId}`;
  }

  #send() {
    const text = this.field.value.trim();
    if (text && text.length <= MAX_CHARACTERS) {
      this.field.value = "";
      this.#changed();
      this.#typedAt = 0;
      this.outbox.add({ client_message_id: newId(), text }, text);
    }
    this.focus();
  }

  /**
   * @param {Waiting} entry
   * @param {import("../chat/api.js").Problem} problem
   */
  #giveBack(entry, problem) {
    this.field.value = [entry.shown, this.field.value].filter(Boolean).join("\n");
    this.#changed();
    if (problem.status === 401) this.desk.failed(problem);
    else this.desk.say(this.desk.labels.say("refused"));
  }

  #changed() {
    this.desk.drafts.keep(this.#draft, this.field.value);
    const left = MAX_CHARACTERS - this.field.value.trim().length;
    const key = left < 0 ? "reply.too_long" : "reply.left";
    find(this.form, "#reply-left", HTMLElement).textContent =
      left > TELL_WITHIN ? "" : this.desk.labels.say(key, { count: Math.abs(left) });
    this.field.setAttribute("aria-invalid", String(left < 0));
  }

  #tellTyping() {
    if (Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    showTyping(this.caseId).catch(() => {}); // a courtesy: the message itself says when there is no connection
  }
}

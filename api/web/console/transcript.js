// @ts-check
import { linked } from "../chat/links.js";
import { copy, find } from "../chat/templates.js";
import { sayWhen } from "./words.js";
/** @import { Labels } from "../chat/labels.js" */
/** @import { Card, Waiting } from "../chat/shapes.d.ts" */
/** @import { Message, Signal } from "./shapes.d.ts" */

const NEAR_END_PX = 80; // within this of the end, the log follows the conversation

/** What was said, by whom, in order; and what the coach said that has not arrived yet. */
export class Transcript {
  /** @type {Map<number, Message>} */
  #messages = new Map();
  /** @type {Map<number, HTMLElement>} */
  #shown = new Map();
  /** @type {HTMLElement[]} */
  #waiting = [];

  /**
   * @param {HTMLElement} root with the log and the button to its end
   * @param {Labels} labels
   */
  constructor(root, labels) {
    this.labels = labels;
    this.log = find(root, ".log", HTMLElement);
    this.newest = find(root, ".newest", HTMLButtonElement);
    this.newest.addEventListener("click", () => (this.toEnd({ inPage: true }), this.log.focus({ preventScroll: true })));
    this.log.addEventListener("scroll", () => this.#isNearEnd() && (this.newest.hidden = true));
  }

  get lastSeq() {
    return Math.max(0, ...this.#messages.keys());
  }

  /**
   * @param {Message[]} messages also ones that are shown already
   * @param {Signal[]} signals
   */
  show(messages, signals) {
    const follows = this.#isNearEnd();
    const before = this.#shown.size;
    for (const message of messages) this.#add(message);
    for (const [seq, line] of this.#shown) this.#mark(line, signals.filter(({ message_seq }) => message_seq === seq));
    for (const [seq, line] of this.#shown) this.#sign(line, this.#messages.get(seq));
    if (follows) this.toEnd({ inPage: before > 0 });
    else if (this.#shown.size > before) this.newest.hidden = false;
  }

  /** @param {Waiting[]} entries */
  showWaiting(entries) {
    for (const line of this.#waiting) line.remove();
    this.#waiting = entries.map((entry) => this.#waitingLine(entry));
    this.log.append(...this.#waiting);
    if (entries.length) this.toEnd({ inPage: true });
  }

  /**
   * Bring a message into view and put the focus on it.
   * @param {number} seq
   */
  find(seq) {
    const line = this.#shown.get(seq);
    line?.scrollIntoView({ block: "center" });
    line?.focus({ preventScroll: true });
  }

  /** @param {{ inPage?: boolean }} [how] on a phone the log has no scroll of its own; then move the whole page */
  toEnd({ inPage = false } = {}) {
    if (this.#scrolls) this.log.scrollTop = this.log.scrollHeight;
    else if (inPage) this.log.lastElementChild?.scrollIntoView({ block: "end" });
    this.newest.hidden = true;
  }

  #isNearEnd() {
    if (!this.#scrolls) return this.log.getBoundingClientRect().bottom - innerHeight < NEAR_END_PX;
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END_PX;
  }

  get #scrolls() {
    return getComputedStyle(this.log).overflowY === "auto";
  }

  /** @param {Message} message */
  #add(message) {
    if (this.#messages.has(message.seq)) return;
    this.#messages.set(message.seq, message);
    const line = this.#line(message);
    this.#shown.set(message.seq, line);
    const later = [...this.#shown.keys()].filter((seq) => seq > message.seq);
    const next = later.length ? this.#shown.get(Math.min(...later)) : this.#waiting[0];
    this.log.insertBefore(line, next ?? null);
  }

  /** @param {Message} message */
  #line(message) {
    const line = copy("message", this.labels, {
      by: this.#author(message),
      at: sayWhen(message.sent_at, this.labels, new Date()),
      text: linked(message.text, this.labels),
      cards: message.cards.filter(({ type }) => type !== "handoff").map(cardLine),
      note: " ",
    });
    line.dataset.from = message.author;
    line.tabIndex = -1;
    find(line, ".message-text", HTMLElement).lang = message.language;
    return line;
  }

  /**
   * The notice of who joined may arrive after the message itself: each line is signed anew.
   * @param {HTMLElement} line
   * @param {Message | undefined} message
   */
  #sign(line, message) {
    const by = find(line, "[data-fill=by]", HTMLElement);
    const author = message ? this.#author(message) : by.textContent;
    if (by.textContent !== author) by.textContent = author;
  }

  /** @param {Message} message */
  #author({ author, seq }) {
    const name = author === "coach" ? this.#coachAt(seq) : null;
    return name ?? this.labels.say(`author.${author}`);
  }

  /**
   * Who joined last before a message: coaches' messages themselves carry no name.
   * @param {number} seq
   */
  #coachAt(seq) {
    const joined = [...this.#messages.values()]
      .filter((message) => message.seq < seq)
      .sort((one, other) => one.seq - other.seq)
      .flatMap(({ cards }) => cards)
      .findLast((card) => card.handoff === "joined");
    return joined?.name ? this.labels.say("signed_in", { name: joined.name, role: joined.role ?? "" }) : null;
  }

  /**
   * @param {HTMLElement} line
   * @param {Signal[]} signals
   */
  #mark(line, signals) {
    const kinds = [...new Set(signals.map(({ kind }) => this.labels.say(`kind.${kind}`)))];
    const note = find(line, ".message-note", HTMLElement);
    const said = kinds.length ? this.labels.say("signals.marked", { kind: kinds.join(", ") }) : "";
    if (note.textContent !== said) note.textContent = said;
  }

  /** @param {Waiting} entry */
  #waitingLine(entry) {
    const note =
      entry.status === "sending"
        ? this.labels.say("sending")
        : this.labels.say("held", { seconds: entry.waitS });
    const line = copy("message", this.labels, { by: this.labels.say("author.you"), text: entry.shown, note });
    line.dataset.from = "coach";
    line.dataset.waiting = entry.status;
    return line;
  }
}

/** @param {Card} card */
function cardLine(card) {
  const line = document.createElement("li");
  line.textContent = card.title ?? card.text ?? card.type;
  return line;
}

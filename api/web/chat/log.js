// @ts-check
import { ChatMessage } from "./message.js";
import { speakerName } from "./speakers.js";
/** @import { Labels } from "./labels.js" */
/** @import { Message, Waiting } from "./shapes.d.ts" */

const NEAR_PX = 80; // who is this close to the end wants to see what comes
const MARGIN_PX = 12;

/** @param {Message} message */
const holdsHelp = ({ cards }) => cards.some(({ type }) => type === "helpline");

/** The log: every message once, in order; then what waits. A screen reader announces what is added, politely. */
export class ChatLog extends HTMLElement {
  /** @type {Map<number, ChatMessage>} */
  #shown = new Map();
  /** @type {ChatMessage[]} */
  #waiting = [];

  connectedCallback() {
    // Captured, because scrolling does not bubble: the log's own, and the page's.
    addEventListener("scroll", () => this.#isNearEnd && this.#tellEnd(true), { capture: true, passive: true });
  }

  /**
   * Start over: another conversation, or the same in another language. Not announced: it was heard before.
   * @param {Message[]} messages
   * @param {Labels} labels
   */
  showAll(messages, labels) {
    this.setAttribute("aria-live", "off");
    this.#shown.clear();
    this.replaceChildren(...this.#waiting);
    this.#place(messages, messages, labels);
    // A new talk is read from its greeting, a known one from its end.
    this.#scroller.scrollTop = messages.some(({ author }) => author === "user") ? this.#scroller.scrollHeight : 0;
    setTimeout(() => this.removeAttribute("aria-live"), 500); // browsers gather changes before they announce them
  }

  /**
   * @param {Message[]} added
   * @param {Message[]} all in order
   * @param {Labels} labels
   */
  add(added, all, labels) {
    const isPressing = added.some((message) => message.author === "user" || holdsHelp(message));
    const follow = this.#isNearEnd || isPressing;
    this.#place(added, all, labels);
    if (follow) this.#follow(added, all);
    else this.#tellEnd(false);
  }

  /**
   * @param {Waiting[]} entries
   * @param {Labels} labels
   */
  showWaiting(entries, labels) {
    const follow = entries.length > this.#waiting.length || (entries.length > 0 && this.#isNearEnd);
    while (this.#waiting.length > entries.length) this.#waiting.shift()?.remove();
    while (this.#waiting.length < entries.length) {
      const made = new ChatMessage();
      this.#waiting.push(made);
      this.append(made);
    }
    entries.forEach((entry, index) => this.#waiting[index].showWaiting(entry, labels));
    if (follow) this.toEnd();
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /**
   * @param {Message[]} added
   * @param {Message[]} all
   * @param {Labels} labels
   */
  #place(added, all, labels) {
    for (const message of added) {
      const made = new ChatMessage();
      made.show(message, speakerName(message.author, all, message.seq, labels), labels);
      const later = Math.min(...[...this.#shown.keys()].filter((seq) => seq > message.seq));
      this.insertBefore(made, this.#shown.get(later) ?? this.#waiting[0] ?? null);
      this.#shown.set(message.seq, made);
    }
    const lastSaid = Math.max(0, ...all.filter(({ author }) => author === "user").map(({ seq }) => seq));
    for (const [seq, shown] of this.#shown) shown.toggleAttribute("data-past", seq < lastSaid);
    all.forEach(({ seq, author }, index) => {
      this.#shown.get(seq)?.toggleAttribute("data-goes-on", all[index - 1]?.author === author && author !== "system");
    });
  }

  /**
   * To the end, but never past the visitor's own last words: a long answer is read from its beginning. Only help that
   * somebody may need now goes before that, and stays in sight when more comes after it: messages may arrive one by one.
   * Who has read on beyond that is not taken back to it: then what is new begins in sight.
   * @param {Message[]} added
   * @param {Message[]} all in order
   */
  #follow(added, all) {
    const scroller = this.#scroller;
    const turn = all.slice(Math.max(0, all.findLastIndex(({ author }) => author === "user")));
    const help = turn.find(holdsHelp);
    const own = [...this.querySelectorAll('[data-from="user"]')].at(-1);
    const beginning = this.#topOf((help && this.#shown.get(help.seq)) ?? own);
    const isReadOn = !help && beginning < scroller.scrollTop;
    scroller.scrollTop = isReadOn ? this.#topOf(this.#shown.get(added[0]?.seq)) : beginning;
    this.#tellEnd(this.#isNearEnd);
  }

  /**
   * How far to scroll for an element to begin in sight; to the end without one. Browsers stop at the end themselves.
   * @param {Element | undefined} element
   */
  #topOf(element) {
    const scroller = this.#scroller;
    if (!element) return scroller.scrollHeight;
    const start = scroller === this ? this.getBoundingClientRect().top : 0;
    return scroller.scrollTop + element.getBoundingClientRect().top - start - MARGIN_PX;
  }

  /** @returns {boolean} */
  get #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  /**
   * The log, or the whole page where it is too low to scroll a part of it (panel.css).
   * @returns {Element}
   */
  get #scroller() {
    const isPart = getComputedStyle(this).overflowY === "auto";
    return isPart ? this : (document.scrollingElement ?? this);
  }

  /** @param {boolean} isSeen */
  #tellEnd(isSeen) {
    this.dispatchEvent(new CustomEvent("wegwijs:end", { detail: isSeen }));
  }
}
customElements.define("chat-log", ChatLog);

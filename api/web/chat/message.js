// @ts-check
import { showCard } from "./cards.js";
import { sayTime } from "./dates.js";
import { linked } from "./links.js";
import { sourceList } from "./sources.js";
import { copy } from "./templates.js";
/** @import { Labels } from "./labels.js" */
/** @import { Button, Card, Message, Source, Waiting } from "./shapes.d.ts" */

/** One message in the log. Fires `wegwijs:choose` with a button's payload and title; knows no network. */
export class ChatMessage extends HTMLElement {
  /**
   * @param {Message} message
   * @param {string} speaker
   * @param {Labels} labels
   */
  show(message, speaker, labels) {
    this.dataset.from = message.author;
    this.lang = message.language;
    const question = message.cards.find(({ type }) => type === "question");
    const count = question?.scale?.length ?? 0; // the first buttons answer it
    const parts = copy("message", labels, {
      author: speaker,
      time: sayTime(message.sent_at, labels.language),
      text: this.#words(message, labels),
      cards: message.cards.map((card) => showCard(card, labels)),
      sources: sourceList(this.#otherSources(message), labels),
      answers: message.buttons.slice(0, count).map((button, index) => this.#answer(button, index, question)),
      buttons: message.buttons.slice(count).map((button) => this.#button(button)),
    });
    parts.querySelector(".answers")?.setAttribute("aria-label", question?.title ?? "");
    this.replaceChildren(parts);
  }

  /**
   * The visitor's own words, before the server has them.
   * @param {Waiting} entry
   * @param {Labels} labels
   */
  showWaiting(entry, labels) {
    this.dataset.from = "user";
    this.dataset.waiting = entry.status;
    const status = {
      sending: labels.say("pending.sending"),
      waiting: labels.say("pending.waiting"),
      slowly: labels.say("pending.slowly", { seconds: entry.waitS }),
      again: entry.detail || labels.say("pending.again", { seconds: entry.waitS }),
    }[entry.status];
    const parts = copy("waiting-message", labels, { author: labels.say("author.user"), text: entry.shown, status });
    this.replaceChildren(parts);
  }

  /** @type {(message: Message, labels: Labels) => Node[]} */
  #words({ text, cards }, labels) {
    // Cards alone come with their texts as the message's: shown once, in the card.
    const isInCards = cards.length > 0 && text === cards.map((card) => card.text ?? "").join("\n");
    return isInCards || !text ? [] : linked(text, labels);
  }

  /** @type {(message: Message) => Source[]} what no card says already */
  #otherSources({ sources, cards }) {
    const inCards = new Set(cards.flatMap((card) => card.sources ?? []).map(({ url }) => url));
    return sources.filter(({ url }) => !inCards.has(url));
  }

  /**
   * @param {Button} button
   * @param {number} index
   * @param {Card | undefined} question
   */
  #answer(button, index, question) {
    const made = this.#button(button);
    const value = question?.scale?.[index]?.value;
    if (value === question?.chosen) made.setAttribute("aria-pressed", "true");
    return made;
  }

  /** @param {Button} button */
  #button({ title, payload }) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = title;
    made.addEventListener("click", () => {
      this.dispatchEvent(new CustomEvent("wegwijs:choose", { bubbles: true, detail: { title, payload } }));
    });
    return made;
  }
}
customElements.define("chat-message", ChatMessage);

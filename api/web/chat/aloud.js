// @ts-check
/** @import { Message } from "./shapes.d.ts" */

const LOCALES = { nl: "nl-NL", en: "en-GB" };

/** Reads what others say aloud, where the browser can. */
export class Aloud {
  isOn = false;

  static get isPossible() {
    return "speechSynthesis" in window;
  }

  /** @param {Message | undefined} last what to begin with */
  toggle(last) {
    this.isOn = !this.isOn;
    if (!this.isOn) speechSynthesis.cancel();
    else if (last) this.read(last);
    return this.isOn;
  }

  /** @param {Message} message */
  read({ author, language, text, cards }) {
    if (!this.isOn || author === "user") return;
    const words = [text, ...cards.flatMap((card) => [card.title, card.text])].filter(Boolean);
    // Cards alone come with their texts as the message's: nothing is read twice.
    const speech = new SpeechSynthesisUtterance([...new Set(words)].join("\n"));
    speech.lang = LOCALES[language];
    speechSynthesis.speak(speech);
  }
}

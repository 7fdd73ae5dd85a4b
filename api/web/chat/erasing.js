// @ts-check
import { sayDay } from "./dates.js";
import { Sheet } from "./sheet.js";
import { find } from "./templates.js";
/** @import { Conversation } from "./conversation.js" */
/** @import { Labels } from "./labels.js" */
/** @import { Kept } from "./shapes.d.ts" */

const REGRET_S = 10;
const FILE = "wegwijs.json";

/** Erases a conversation: asks first, then waits a while, then tells what is gone and what must stay. */
export class Erasing extends Sheet {
  #left = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {Conversation} conversation
   * @param {Labels} labels
   * @param {() => void} onNew
   */
  constructor(dialog, conversation, labels, onNew) {
    super(dialog);
    this.conversation = conversation;
    this.labels = labels;
    this.press("confirm", () => this.#count());
    this.press("copy", () => this.#saveCopy());
    this.press("now", () => this.#erase());
    dialog.addEventListener("close", () => {
      this.#stopClock(); // closing within the wait is keeping
      if (!conversation.isOpen) onNew();
    });
    // Who closes the page within the wait has said yes, and did not take it back.
    addEventListener("pagehide", () => this.#clock && void this.conversation.erase({ keepalive: true }));
  }

  ask() {
    this.#note("");
    this.step("ask");
    this.open();
  }

  #count() {
    this.#left = REGRET_S;
    this.step("wait");
    this.#tick();
    this.#clock = setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    find(this.dialog, "#countdown", HTMLElement).textContent = this.labels.say("erasing.counting", { seconds: this.#left });
    if (this.#left === 0) void this.#erase();
    this.#left -= 1;
  }

  #stopClock() {
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  async #erase() {
    this.#stopClock();
    this.step("busy");
    try {
      this.#tell(await this.conversation.erase());
    } catch {
      this.step("ask");
      this.#note("erasing.failed");
    }
  }

  /** @param {Kept[]} kept */
  #tell(kept) {
    const { labels } = this;
    find(this.dialog, "#erased", HTMLElement).textContent = labels.say(kept.length ? "erasing.kept" : "erasing.done");
    const items = kept.map(({ what, why, until }) => {
      const item = document.createElement("li");
      const end = until ? `${labels.say("erasing.until", { when: sayDay(until, labels.language) })}.` : "";
      item.textContent = [`${what}: ${why}`, end].filter(Boolean).join(" ");
      return item;
    });
    find(this.dialog, "#kept", HTMLElement).replaceChildren(...items);
    this.step("done");
  }

  async #saveCopy() {
    try {
      const address = URL.createObjectURL(await this.conversation.exported());
      const link = document.createElement("a");
      link.href = address;
      link.download = FILE;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    } catch {
      this.#note("erasing.copy_failed");
    }
  }

  /** @param {string} key */
  #note(key) {
    find(this.dialog, "#erasing-note", HTMLElement).textContent = key && this.labels.say(key);
  }
}

// @ts-check
import { find } from "./templates.js";

/** A sheet over the chat: a modal dialog whose steps show one at a time. Focus comes back by itself. */
export class Sheet {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    for (const closer of dialog.querySelectorAll("[data-close]")) closer.addEventListener("click", () => this.close());
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /**
   * Show one step and put the focus on its first heading or text, so that it is read.
   * @param {string} name
   */
  step(name) {
    for (const step of this.dialog.querySelectorAll("[data-step]")) {
      if (step instanceof HTMLElement) step.hidden = step.dataset.step !== name;
    }
    const begin = this.dialog.querySelector(`[data-step="${name}"] [tabindex="-1"]`);
    if (this.dialog.open && begin instanceof HTMLElement) begin.focus();
  }

  /**
   * @param {string} name of the button
   * @param {() => unknown} then
   */
  press(name, then) {
    find(this.dialog, `[data-press="${name}"]`, HTMLButtonElement).addEventListener("click", () => void then());
  }
}

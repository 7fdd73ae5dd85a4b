// @ts-check
import { link } from "./links.js";
/** @import { Conversation } from "./conversation.js" */
/** @import { Labels } from "./labels.js" */

/**
 * Put a link to a result in the place of the button that asked for it, and say who can see it then.
 * Two steps, for a window that opens by itself is blocked, and because a link can be passed on.
 * @param {HTMLButtonElement} button
 * @param {Conversation} conversation
 * @param {Labels} labels
 */
export async function linkResult(button, conversation, labels) {
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  button.disabled = true;
  try {
    const address = await conversation.resultLink(button.dataset.keep ?? "");
    const made = link(labels.say("card.keep_open"), new URL(address, location.href).href, labels);
    words.textContent = labels.say("card.keep_who");
    button.parentElement?.replaceChildren(made, words);
    if (made instanceof HTMLElement) made.focus(); // the button that had it is gone
  } catch {
    button.disabled = false;
    words.textContent = labels.say("card.keep_failed");
    button.parentElement?.replaceChildren(button, words);
  }
}

/**
 * Ask before a result is erased, in the place of the button.
 * @param {HTMLButtonElement} button
 * @param {Conversation} conversation
 * @param {Labels} labels
 */
export function askToErase(button, conversation, labels) {
  const place = button.parentElement;
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const [yes, no] = ["card.erase_yes", "card.erase_no"].map((key) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = labels.say(key);
    return made;
  });
  no.addEventListener("click", () => (place?.replaceChildren(button), button.focus()));
  yes.addEventListener("click", async () => {
    yes.disabled = no.disabled = true;
    try {
      await conversation.eraseResult(button.dataset.erase ?? "");
    } catch {
      words.textContent = labels.say("card.erase_failed");
      place?.replaceChildren(words, button);
    }
  });
  words.textContent = labels.say("card.erase_sure");
  place?.replaceChildren(words, no, yes);
  no.focus();
}

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
    made.focus();
  } catch {
    button.disabled = false;
    words.textContent = labels.say("card.keep_failed");
    button.parentElement?.replaceChildren(button, words);
  }
}

// @ts-check
import { Problem } from "../chat/api.js";
import { copy, find } from "../chat/templates.js";
import { signIn } from "./api.js";
/** @import { Labels } from "../chat/labels.js" */

/**
 * The sign-in page.
 * @param {Labels} labels
 * @param {{ notice: string, done: () => void }} told
 */
export function signInPage(labels, { notice, done }) {
  const page = copy("sign-in", labels);
  const form = find(page, "form", HTMLFormElement);
  const wrong = find(page, ".wrong", HTMLElement);
  wrong.textContent = notice;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    const given = new FormData(form);
    try {
      await signIn(String(given.get("email")), String(given.get("password")));
      done();
    } catch (error) {
      wrong.textContent = refusal(error, labels);
      const password = find(form, "#password", HTMLInputElement);
      password.value = "";
      password.focus();
    }
  });
  return page;
}

/**
 * @param {unknown} error
 * @param {Labels} labels
 */
function refusal(error, labels) {
  if (!(error instanceof Problem)) return labels.say("trouble.offline_now");
  if (error.status === 429) return labels.say("sign_in.wait", { seconds: error.retryAfterS });
  return labels.say(error.status < 500 ? "sign_in.wrong" : "trouble.failed");
}

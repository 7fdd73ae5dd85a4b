// @ts-check
import { Problem } from "../chat/api.js";
import { Labels } from "../chat/labels.js";
import { find } from "../chat/templates.js";
import { me, signOut } from "./api.js";
import { Drafts } from "./drafts.js";
import { Seen } from "./seen.js";
import { signInPage } from "./sign_in.js";
import { Workplace } from "./workplace.js";
/** @import { Language } from "./shapes.d.ts" */
/** @import { Desk } from "./desk.js" */

const LANGUAGE = "wegwijs:language";
const SAID_MS = 10_000;

const main = find(document, "main", HTMLElement);
const told = JSON.parse(find(document, "#labels", HTMLScriptElement).text);
const labels = new Labels(told, /** @type {Language} */ (localStorage.getItem(LANGUAGE) ?? document.documentElement.lang));
const drafts = new Drafts();
/** @type {Desk | null} */
let desk = null;
/** @type {Workplace | null} */
let workplace = null;
let saidTimer = 0;

/** @param {string} text */
function say(text) {
  const status = find(document, "#status", HTMLElement);
  clearTimeout(saidTimer);
  status.textContent = text;
  saidTimer = setTimeout(() => (status.textContent = ""), SAID_MS);
}

/** @param {unknown} error */
function failed(error) {
  if (!(error instanceof Problem)) say(labels.say("trouble.offline_now"));
  else if (error.status === 401) askToSignIn(labels.say("sign_in.again"));
  else say(labels.say("trouble.failed"));
}

/** @param {string} [notice] */
function askToSignIn(notice = "") {
  if (main.querySelector(".sign-in")) return;
  workplace?.leave();
  workplace = null;
  showWho("");
  const page = signInPage(labels, { notice, done: () => void enter() });
  main.replaceChildren(page);
  find(page, "input", HTMLInputElement).focus();
}

async function enter() {
  try {
    const coach = await me();
    if (desk?.me.id !== coach.id) {
      if (desk) drafts.clear(); // another coach at the same computer
      desk = { labels, me: coach, seen: new Seen(), drafts, outboxes: new Map(), say, failed };
    }
    work(desk);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) askToSignIn();
    else {
      failed(error);
      setTimeout(() => void enter(), SAID_MS);
    }
  }
}

/** @param {Desk} known */
function work(known) {
  workplace?.leave();
  showWho(labels.say("signed_in", { name: known.me.first_name, role: known.me.role }));
  workplace = new Workplace(main, known);
}

/** @param {string} words empty: nobody is signed in */
function showWho(words) {
  const who = find(document, "#me", HTMLElement);
  who.textContent = words;
  who.hidden = !words;
  find(document, "#sign-out", HTMLElement).hidden = !words;
}

/** @param {Language} language */
function speak(language) {
  labels.language = language;
  localStorage.setItem(LANGUAGE, language);
  say("");
  writeLabels();
  if (workplace && desk) work(desk);
  else if (main.querySelector(".sign-in")) {
    main.replaceChildren();
    askToSignIn();
  }
}

function writeLabels() {
  document.documentElement.lang = labels.language;
  document.title = labels.say("title");
  labels.write(document);
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === labels.language));
}

for (const button of document.querySelectorAll("[data-language]"))
  button.addEventListener("click", () => {
    speak(/** @type {Language} */ (button.getAttribute("data-language")));
    /** @type {HTMLElement} */ (button).focus();
  });

find(document, "#sign-out", HTMLElement).addEventListener("click", async () => {
  try {
    await signOut();
    drafts.clear();
    desk = null;
    location.hash = "";
    askToSignIn();
  } catch (error) {
    failed(error);
  }
});

writeLabels();
void enter();

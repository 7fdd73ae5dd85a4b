// @ts-check
import { Refusal, resultBehind } from "./api.js";
import { written } from "./sheet.js";
/** @import { Asked, Language, Sheet } from "./shapes.d.ts" */

/** @type {Record<Language, Record<string, string>>} */
const WORDS = JSON.parse(part("words").textContent ?? "");
const WRONG = { 401: "no_link", 404: "no_link", 429: "slowly" };

const result = resultBehind(location.hash.slice(1));
/** @type {Asked} */
const asked = { language: null, version: "own" };
/** @type {Sheet | null} */
let shown = null;

/** @type {Record<string, () => void>} */
const ACTS = {
  print: () => print(),
  pdf: () => void doing(save, "pdf_busy"),
  parent: () => turnTo("parent"),
  own: () => turnTo("own"),
  end: () => dialog().showModal(),
  end_no: () => dialog().close(),
  end_yes: () => (dialog().close(), void doing(end)),
  again: () => void doing(load, "loading"),
};

addEventListener("click", ({ target }) => {
  const pressed = target instanceof Element ? target.closest("button") : null;
  if (!pressed) return;
  if (pressed.dataset.language) {
    asked.language = /** @type {Language} */ (pressed.dataset.language);
    write(asked.language);
    void doing(load, "loading");
  }
  ACTS[pressed.dataset.act ?? ""]?.();
});
addEventListener("hashchange", () => location.reload()); // another link was pasted into the address

write(/** @type {Language} */ (document.documentElement.lang));
void doing(load, "loading");

/** @param {"own" | "parent"} version */
function turnTo(version) {
  asked.version = version;
  for (const other of /** @type {const} */ (["own", "parent"])) {
    const button = document.querySelector(`[data-act="${other}"]`);
    button?.toggleAttribute("hidden", other === version);
  }
  part("sheet").focus(); // the button that had it is gone
  void doing(load, "loading");
}

async function load() {
  shown = await result.read(asked);
  write(shown.language);
  document.title = `${shown.title} · Wegwijs`;
  part("sheet").replaceChildren(...written(shown));
  part("acts").hidden = part("private").hidden = false;
  return "";
}

async function save() {
  const address = URL.createObjectURL(await result.printed(asked));
  const link = document.createElement("a");
  link.href = address;
  link.download = shown?.file_name ?? "wegwijs.pdf";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  return "pdf_ready";
}

async function end() {
  await result.end();
  part("sheet").replaceChildren();
  part("acts").hidden = part("private").hidden = true;
  return "ended";
}

/**
 * Do something that takes a while, and say how it went.
 * @param {() => Promise<string>} act what to say afterwards
 * @param {string} [meanwhile]
 */
async function doing(act, meanwhile = "") {
  say(meanwhile);
  part("again").hidden = true;
  try {
    say(await act());
  } catch (error) {
    say((error instanceof Refusal && WRONG[/** @type {401} */ (error.status)]) || "failed");
    part("again").hidden = error instanceof Refusal && error.status < 429;
  }
}

/** @param {string} key of what is said; empty says nothing */
function say(key) {
  const notice = part("notice");
  notice.dataset.label = key;
  notice.textContent = key && WORDS[/** @type {Language} */ (document.documentElement.lang)][key];
}

/** @param {Language} now */
function write(now) {
  document.documentElement.lang = now;
  for (const labelled of document.querySelectorAll("[data-label]")) {
    labelled.textContent = WORDS[now][labelled.getAttribute("data-label") ?? ""] ?? "";
  }
  for (const named of document.querySelectorAll("[data-name]")) {
    named.setAttribute("aria-label", WORDS[now][named.getAttribute("data-name") ?? ""]);
  }
  for (const choice of document.querySelectorAll("[data-language]")) {
    choice.setAttribute("aria-pressed", String(choice.getAttribute("data-language") === now));
  }
}

function dialog() {
  return /** @type {HTMLDialogElement} */ (part("ending"));
}

/** @param {string} id */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found;
}

// @ts-check
import { Aloud } from "./aloud.js";
import { ChatComposer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Erasing } from "./erasing.js";
import { Host } from "./host.js";
import { askToErase, linkResult } from "./keeping.js";
import { Labels } from "./labels.js";
import { Later } from "./later.js";
import { ChatLog } from "./log.js";
import { Sheet } from "./sheet.js";
import { coachAt, speakerName } from "./speakers.js";
import { find } from "./templates.js";
/** @import { Problem } from "./api.js" */
/** @import { Author, Language, Message, Settings, Waiting } from "./shapes.d.ts" */

const TYPING_MS = 5000; // a sign of typing is worth this long
const WIDTH_PX = { usual: 408, larger: 520 };
const ASK_HUMAN = "/ask_human";
const QUESTIONNAIRES = "/questionnaires";

/** The chat as a whole: lets the log, the composer, the tools and the conversation hear of each other. */
class WegwijsPanel extends HTMLElement {
  /** @type {Settings} */
  #settings = JSON.parse(find(document, "#settings", HTMLScriptElement).text);
  #labels = new Labels(this.#settings.labels, this.#settings.language);
  #conversation = new Conversation(this.#settings.site, this.#settings.language);
  #host = new Host({ opened: () => this.#open(), closed: () => {} });
  #aloud = new Aloud();
  #log = find(this, "chat-log", ChatLog);
  #composer = find(this, "chat-composer", ChatComposer);
  #help = new Sheet(find(this, "#help", HTMLDialogElement));
  #later = new Later(find(this, "#later", HTMLDialogElement), this.#conversation, this.#labels);
  #erasing = new Erasing(find(this, "#erasing", HTMLDialogElement), this.#conversation, this.#labels, () => this.#begin());
  #hasBegun = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typingEnds;

  connectedCallback() {
    this.#composer.labels = this.#labels;
    find(this, '[data-tool="aloud"]', HTMLElement).hidden = !Aloud.isPossible;
    find(this, '[data-tool="close"]', HTMLElement).hidden = !this.#host.isFramed;
    this.#listenToVisitor();
    this.#listenToConversation();
    this.#write();
    if (this.#host.isShown) this.#open();
  }

  #listenToVisitor() {
    this.addEventListener("click", (event) => this.#use(event));
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.querySelector("dialog[open]")) this.#host.close();
    });
    this.#composer.addEventListener("wegwijs:send", (event) => this.#conversation.say(detail(event)));
    this.#composer.addEventListener("wegwijs:typing", () => this.#conversation.showTyping());
    this.#log.addEventListener("wegwijs:choose", (event) => {
      const { payload, title } = detail(event);
      this.#conversation.choose(payload, title);
    });
    this.#log.addEventListener("wegwijs:end", (event) => (this.#newest.hidden = detail(event)));
    addEventListener("offline", () => this.#tell());
    addEventListener("online", () => this.#tell());
    addEventListener("pagehide", () => this.#conversation.pause());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#conversation.goOn());
    addEventListener("beforeunload", (event) => this.#conversation.waiting.length && event.preventDefault());
  }

  #listenToConversation() {
    const on = (/** @type {string} */ type, /** @type {(event: Event) => void} */ then) =>
      this.#conversation.addEventListener(type, then);
    on("all", () => this.#showAll());
    on("messages", (event) => this.#add(detail(event)));
    on("waiting", () => this.#showWaiting());
    on("state", () => (this.#follow(this.#conversation.language), this.#tell()));
    on("connection", () => this.#tell());
    on("typing", (event) => this.#showTyping(detail(event)));
    on("refused", (event) => this.#giveBack(detail(event)));
    on("gone", (event) => this.#lose(detail(event)));
  }

  /** @param {MouseEvent} event */
  #use({ target }) {
    const pressed = target instanceof Element ? target.closest("button") : null;
    if (pressed?.dataset.keep) void linkResult(pressed, this.#conversation, this.#labels);
    if (pressed?.dataset.erase) askToErase(pressed, this.#conversation, this.#labels);
    if (pressed?.dataset.language) void this.#speak(/** @type {Language} */ (pressed.dataset.language));
    /** @type {Record<string, () => void>} */
    const tools = {
      close: () => this.#host.close(),
      help: () => this.#help.open(),
      coach: () => this.#askHuman(),
      larger: () => this.#enlarge(),
      aloud: () => this.#mark("aloud", this.#aloud.toggle(this.#conversation.messages.findLast(isFromOthers))),
      erase: () => this.#conversation.isOpen && this.#erasing.ask(),
      leave: () => this.#leave(),
      tests: () => this.#conversation.choose(QUESTIONNAIRES, this.#labels.say("form.tests")),
      later: () => this.#later.show(),
      begin: () => void this.#begin(),
      newest: () => (this.#log.toEnd(), this.#composer.focusField()),
    };
    tools[pressed?.dataset.tool ?? ""]?.();
  }

  #open() {
    if (!this.#hasBegun) void this.#begin();
    // On a touch screen the field would call up the keyboard, which hides the greeting.
    if (matchMedia("(pointer: coarse)").matches) find(this, "h1", HTMLElement).focus();
    else this.#composer.focusField();
  }

  async #begin() {
    this.#hasBegun = true;
    this.#showTrouble("");
    this.#loading.hidden = false;
    try {
      if (await this.#conversation.begin()) this.#showTrouble("trouble.gone", "");
    } catch {
      this.#showTrouble("trouble.start", "trouble.again");
    }
    this.#loading.hidden = true;
    this.#composer.close(!this.#conversation.isOpen);
  }

  #showAll() {
    this.#follow(this.#conversation.language);
    this.#log.showAll(this.#conversation.messages, this.#labels);
    this.#showWaiting();
    this.#composer.close(!this.#conversation.isOpen);
    if (this.#conversation.isOpen) this.#showTrouble("");
    this.#tell();
  }

  /** @param {Message[]} messages */
  #add(messages) {
    this.#typing.hidden = true;
    this.#log.add(messages, this.#conversation.messages, this.#labels);
    const news = messages.filter(isFromOthers);
    for (const message of news) this.#aloud.read(message);
    if (news.length) this.#host.news(news.length);
    this.#tell();
  }

  #showWaiting() {
    const { waiting, state } = this.#conversation;
    this.#log.showWaiting(waiting, this.#labels);
    if (state !== "with_coach" && waiting.some(({ status }) => status === "sending")) this.#showTyping("bot");
    else if (!waiting.length) this.#typing.hidden = true;
  }

  /** @param {Author} author */
  #showTyping(author) {
    const { messages } = this.#conversation;
    const speaker = speakerName(author, messages, Infinity, this.#labels);
    find(this.#typing, "span", HTMLElement).textContent = this.#labels.say("typing", { author: speaker });
    this.#typing.hidden = false;
    clearTimeout(this.#typingEnds);
    this.#typingEnds = setTimeout(() => (this.#typing.hidden = true), TYPING_MS);
  }

  /** Who speaks here, and whether they can be reached: always in the same place. */
  #tell() {
    const { state, isConnected, messages } = this.#conversation;
    const key = { bot: "bot", waiting_for_coach: "waiting", with_coach: "coach", closed: "closed" }[state];
    const coach = coachAt(messages, Infinity, this.#labels);
    const line = !navigator.onLine
      ? this.#labels.say("speaks.offline")
      : this.#labels.say(isConnected ? `speaks.${key}` : "speaks.reconnecting", { name: coach });
    const speaks = find(this, "#speaks", HTMLElement);
    if (speaks.textContent !== line) speaks.textContent = line; // the same words again would be announced again
    this.dataset.state = navigator.onLine && isConnected ? state : "offline";
    if (state === "closed") this.#showTrouble("speaks.closed", "trouble.new");
    this.#composer.close(state === "closed" || !this.#conversation.isOpen);
  }

  /** @param {{ entry: Waiting, problem: Problem }} refused */
  #giveBack({ entry, problem }) {
    const isText = "text" in entry.post;
    const key = isText ? ({ 422: "words", 413: "size" }[problem.status] ?? "other") : "choice";
    if (!problem.isGone) this.#showTrouble(`refused.${key}`, "");
    if (isText) this.#composer.giveBack(entry.shown);
  }

  /** @param {Problem} problem */
  #lose(problem) {
    this.#showTrouble(problem.status === 401 ? "trouble.moved" : "trouble.gone", "trouble.new");
    this.#composer.close(true);
  }

  /** @param {Language} language */
  async #speak(language) {
    if (language === this.#labels.language) return;
    this.#follow(language);
    try {
      await this.#conversation.speak(language);
    } catch {
      this.#showTrouble("trouble.language", "");
    }
  }

  /** @param {Language} language */
  #follow(language) {
    if (language === this.#labels.language) return;
    this.#labels.language = language;
    this.#write();
  }

  /** All labels in the language of the moment. */
  #write() {
    const { language } = this.#labels;
    document.documentElement.lang = language;
    this.#labels.write(this);
    for (const part of this.querySelectorAll("[data-in]")) part.toggleAttribute("hidden", part.getAttribute("lang") !== language);
    for (const choice of this.querySelectorAll("[data-language]")) {
      choice.setAttribute("aria-pressed", String(choice.getAttribute("data-language") === language));
    }
    this.#tell();
  }

  #askHuman() {
    this.#help.close();
    this.#conversation.choose(ASK_HUMAN, this.#labels.say("help.coach"));
  }

  #enlarge() {
    const isLarger = document.documentElement.classList.toggle("larger");
    this.#mark("larger", isLarger);
    this.#host.widen(isLarger ? WIDTH_PX.larger : WIDTH_PX.usual);
  }

  #leave() {
    this.#conversation.leave();
    this.hidden = true;
    this.#host.leave(this.#settings.leaveFor);
  }

  /**
   * @param {string} tool
   * @param {boolean} isOn
   */
  #mark(tool, isOn) {
    find(this, `[data-tool="${tool}"]`, HTMLElement).setAttribute("aria-pressed", String(isOn));
  }

  /**
   * @param {string} key of what happened; empty takes the notice away
   * @param {string} [action] key of the button that mends it
   */
  #showTrouble(key, action = "") {
    const trouble = find(this, "#trouble", HTMLElement);
    const button = find(trouble, "button", HTMLButtonElement);
    const words = find(trouble, "p", HTMLElement);
    trouble.hidden = !key;
    button.hidden = !action;
    for (const [element, label] of /** @type {[HTMLElement, string][]} */ ([[words, key], [button, action]])) {
      if (label) element.dataset.label = label;
      else delete element.dataset.label;
      element.textContent = label && this.#labels.say(label);
    }
  }

  get #loading() {
    return find(this, "#loading", HTMLElement);
  }

  get #typing() {
    return find(this, "#typing", HTMLElement);
  }

  get #newest() {
    return find(this, '[data-tool="newest"]', HTMLElement);
  }
}

/** @param {Event} event */
function detail(event) {
  return event instanceof CustomEvent ? event.detail : undefined;
}

/** @param {Message} message */
function isFromOthers({ author }) {
  return author !== "user";
}

customElements.define("wegwijs-panel", WegwijsPanel);

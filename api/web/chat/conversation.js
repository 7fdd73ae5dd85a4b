// @ts-check
import * as api from "./api.js";
import { EventStream } from "./event_stream.js";
import { KeyStore } from "./key_store.js";
import { newId } from "./new_id.js";
import { Outbox } from "./outbox.js";
/** @import { ServerEvent } from "./event_stream.js" */
/** @import { Author, Key, Language, Message, Opened, Post, State, Transcript, Waiting } from "./shapes.d.ts" */

/**
 * One conversation: what was said, what waits, who speaks. Knows the network and no page. Fires
 * `all` (everything is new), `messages` (detail: Message[]), `waiting`, `state`, `connection`,
 * `typing` (detail: Author), `refused` (detail: { entry, problem }) and `gone` (detail: Problem).
 */
export class Conversation extends EventTarget {
  /** @type {Map<number, Message>} */
  #messages = new Map();
  /** @type {Key | null} */
  #key = null;
  #stateSeq = 0;
  #store;
  #stream = new EventStream({
    heard: (event) => this.#hear(event),
    connected: (isConnected) => this.#setConnected(isConnected),
    gone: (problem) => this.#lose(problem),
  });
  #outbox = new Outbox({
    deliver: (post) => this.#deliver(post),
    changed: () => this.#fire("waiting"),
    refused: (entry, problem) => this.#refuse(entry, problem),
  });

  /**
   * @param {string} site
   * @param {Language} language
   */
  constructor(site, language) {
    super();
    this.site = site;
    this.language = language;
    /** @type {State} */
    this.state = "bot";
    this.isConnected = true;
    this.#store = new KeyStore(site);
    addEventListener("online", () => (this.#outbox.wake(), this.#stream.wake()));
  }

  get isOpen() {
    return this.#key !== null;
  }

  get messages() {
    return [...this.#messages.values()].sort((one, other) => one.seq - other.seq);
  }

  get waiting() {
    return this.#outbox.waiting;
  }

  /**
   * Go on where this tab was, or begin.
   * @returns {Promise<boolean>} whether an earlier conversation turned out to be gone
   */
  async begin() {
    const kept = this.#store.read();
    try {
      if (kept) return this.#enter(kept, await api.read(kept)), false;
    } catch (error) {
      if (!(error instanceof api.Problem && error.isGone)) throw error;
      this.#store.forget();
    }
    this.#open(await api.open(this.site, this.language));
    return kept !== null;
  }

  /** @param {string} text */
  say(text) {
    this.#outbox.add({ client_message_id: newId(), text }, text);
  }

  /**
   * Press a button.
   * @param {string} payload
   * @param {string} title
   */
  choose(payload, title) {
    this.#outbox.add({ client_message_id: newId(), payload }, title);
  }

  /** @param {Language} language */
  async speak(language) {
    this.language = language;
    if (!this.#key) return;
    const transcript = await api.speak(this.#key, language);
    if (transcript.language === this.language) this.#show(transcript); // else the switch was pressed again meanwhile
  }

  showTyping() {
    if (this.#key && this.state === "with_coach") void api.showTyping(this.#key).catch(() => {});
  }

  exported() {
    return api.exported(this.#needKey());
  }

  /**
   * A link to a result, for another page; the one before it ends.
   * @param {string} questionnaire
   */
  async resultLink(questionnaire) {
    return (await api.resultLink(this.#needKey(), questionnaire)).address;
  }

  /**
   * Erase one result with what was answered; the rest of the talk stays.
   * @param {string} questionnaire
   */
  async eraseResult(questionnaire) {
    const key = this.#needKey();
    await api.eraseResult(key, questionnaire);
    const left = await api.read(key);
    this.#messages.clear();
    this.#show(left);
  }

  async returnCode() {
    return (await api.returnCode(this.#needKey())).return_code;
  }

  /**
   * Go to the conversation that a code leads to.
   * @param {string} code
   * @returns {Promise<string>} the next code: this one is spent
   */
  async resume(code) {
    const opened = await api.resume(code);
    this.#outbox.clear();
    this.#open(opened);
    return opened.return_code ?? "";
  }

  /** @param {{ keepalive?: boolean }} [how] */
  async erase(how) {
    const kept = await api.erase(this.#needKey(), how);
    this.leave();
    return kept;
  }

  /** Forget it here: no key, no words, no connection. The server keeps its own promises. */
  leave() {
    this.#stream.stop();
    this.#store.forget();
    this.#key = null;
    this.#messages.clear();
    this.#outbox.clear();
    [this.state, this.#stateSeq] = ["bot", 0];
    this.#fire("all");
  }

  /** Leave the line open no longer than the page lives; a page that comes back from the browser's cache listens again. */
  pause() {
    this.#stream.stop();
  }

  goOn() {
    if (this.#key) this.#stream.start(this.#key, this.#lastSeq());
  }

  /** @param {Opened} opened */
  #open(opened) {
    this.#store.keep(opened);
    this.#enter({ id: opened.id, token: opened.token }, opened);
  }

  /**
   * @param {Key} key
   * @param {Transcript} transcript
   */
  #enter(key, transcript) {
    this.#key = key;
    this.#messages.clear();
    this.#show(transcript);
    this.goOn();
  }

  /** @param {Transcript} transcript */
  #show({ messages, language, state }) {
    for (const message of messages) this.#messages.set(message.seq, message);
    this.language = language;
    [this.state, this.#stateSeq] = [state, this.#lastSeq()];
    this.#fire("all");
  }

  /** @param {Post} post */
  async #deliver(post) {
    const answer = await api.say(this.#needKey(), post);
    this.#outbox.confirm(post.client_message_id);
    this.#add(answer.messages);
    this.language = answer.language;
    this.#setState(answer.state, Math.max(0, ...answer.messages.map(({ seq }) => seq)));
  }

  /** @param {Message[]} messages */
  #add(messages) {
    const unknown = messages.filter(({ seq }) => !this.#messages.has(seq));
    for (const message of unknown) {
      this.#messages.set(message.seq, message);
      this.#outbox.confirm(message.client_message_id);
    }
    if (unknown.length) this.#fire("messages", unknown);
  }

  /** @param {ServerEvent} event */
  #hear({ event, data }) {
    const told = JSON.parse(data);
    if (event === "message") this.#add([told]);
    if (event === "state") this.#setState(told.state, told.seq);
    if (event === "typing") this.#fire("typing", /** @type {Author} */ (told.author));
  }

  /**
   * An answer may arrive after the news that overtook it: the highest number is right.
   * @param {State} state
   * @param {number} seq
   */
  #setState(state, seq) {
    if (seq >= this.#stateSeq) [this.state, this.#stateSeq] = [state, seq];
    this.#fire("state");
  }

  /** @param {boolean} isConnected */
  #setConnected(isConnected) {
    this.isConnected = isConnected;
    this.#fire("connection");
  }

  /**
   * @param {Waiting} entry
   * @param {api.Problem} problem
   */
  #refuse(entry, problem) {
    this.#fire("refused", { entry, problem });
    if (problem.isGone) this.#lose(problem);
  }

  /** @param {api.Problem} problem */
  #lose(problem) {
    if (!this.#key) return;
    this.#stream.stop();
    this.#store.forget();
    this.#key = null;
    this.#fire("gone", problem);
  }

  #lastSeq() {
    return Math.max(0, ...this.#messages.keys());
  }

  #needKey() {
    if (!this.#key) throw new Error("no conversation is open");
    return this.#key;
  }

  /**
   * @param {string} type
   * @param {unknown} [detail]
   */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

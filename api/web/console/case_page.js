// @ts-check
import { Problem } from "../chat/api.js";
import { copy, find } from "../chat/templates.js";
import { act, caseEvents, colleagues, note, read, snooze, transfer } from "./api.js";
import { askToClose, askToWhom, askUntil } from "./dialogs.js";
import { Live } from "./live.js";
import { ReplyBox } from "./reply_box.js";
import { showNotes, showResults, showSignals } from "./side.js";
import { Transcript } from "./transcript.js";
import { sayDue, sayStatus, sayWhat, sayWhen, sayWho } from "./words.js";
/** @import { Case, CaseSummary, Happening } from "./shapes.d.ts" */
/** @import { Desk } from "./desk.js" */

const TYPING_MS = 5000; // a typing sign is worth a few seconds

/** One case on one page: what was said, why we worry, what was promised, and one main action. */
export class CasePage {
  /** @type {Promise<void> | null} */
  #reading = null;
  #mustReadAgain = false;
  #typingTimer = 0;

  /**
   * @param {Case} given
   * @param {Desk} desk
   * @param {{ lost: (name: string | null) => void, gone: () => void }} told a colleague was first; not ours any more
   */
  constructor(given, desk, told) {
    this.one = given;
    this.desk = desk;
    this.told = told;
    this.root = copy("case", desk.labels);
    this.transcript = new Transcript(find(this.root, ".talk", HTMLElement), desk.labels);
    this.box = new ReplyBox(find(this.root, ".reply", HTMLFormElement), given.id, desk, {
      said: (message) => this.#heard({ name: "message", data: message }),
      waiting: (entries) => this.transcript.showWaiting(entries),
    });
    this.live = new Live(caseEvents(given.id), {
      heard: (happening) => this.#heard(happening),
      connected: () => {}, // the queue's stream tells for both
      refused: (problem) => (problem.status === 404 ? told.gone() : desk.failed(problem)),
    });
    this.#listen();
    this.#write();
    this.live.start(given.last_seq);
  }

  /** Put the page to use: the log at its end, the focus on the title. */
  entered() {
    this.transcript.toEnd();
    find(this.root, "h2", HTMLElement).focus({ preventScroll: true });
  }

  leave() {
    this.live.stop();
    clearTimeout(this.#typingTimer);
  }

  /**
   * What the queue says about this case now; null when it does not run any more.
   * @param {CaseSummary | null} summary
   */
  update(summary) {
    const isSame =
      summary === null
        ? this.one.state === "closed"
        : JSON.stringify(worthReading(summary)) === JSON.stringify(worthReading(this.one));
    if (!isSame) void this.#readAgain();
  }

  /** Say the times anew. */
  tick() {
    find(this.root, ".case-due", HTMLElement).textContent = sayDue(this.one, this.desk.labels, new Date());
  }

  #listen() {
    for (const button of this.root.querySelectorAll("[data-do]"))
      button.addEventListener("click", () => void this.#do(button.getAttribute("data-do") ?? ""));
    const menu = find(this.root, ".menu", HTMLDetailsElement);
    menu.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") ((menu.open = false), find(menu, "summary", HTMLElement).focus());
    });
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
    });
    this.root.addEventListener("click", ({ target }) => {
      if (target instanceof Node && !menu.contains(target)) menu.open = false;
    });
    const form = find(this.root, ".notes form", HTMLFormElement);
    const field = find(form, "textarea", HTMLTextAreaElement);
    field.value = this.desk.drafts.read(this.#noteDraft);
    field.addEventListener("input", () => this.desk.drafts.keep(this.#noteDraft, field.value));
    form.addEventListener("submit", (event) => (event.preventDefault(), void this.#note(field)));
  }

  get #noteDraft() {
    return `note:${this.one.id}`;
  }

  /** @param {HTMLTextAreaElement} field */
  async #note(field) {
    const text = field.value.trim();
    if (!text) return field.focus();
    await this.#trying(async () => {
      await note(this.one.id, text);
      field.value = "";
      this.desk.drafts.keep(this.#noteDraft, "");
      this.desk.say(this.desk.labels.say("notes.saved"));
      await this.#readAgain();
    });
  }

  /** @param {string} what */
  async #do(what) {
    find(this.root, ".menu", HTMLDetailsElement).open = false;
    if (what === "claim") await this.#claim();
    else if (what === "reopen") await this.#trying(() => this.#reopen());
    else if (what === "close") await this.#trying(() => this.#close());
    else if (what === "snooze") await this.#trying(() => this.#snooze());
    else if (what === "transfer") await this.#trying(() => this.#transfer());
  }

  async #claim() {
    try {
      await act(this.one.id, "claim");
      await this.#readAgain();
      this.desk.say(this.desk.labels.say("claim.done"));
      this.box.focus();
    } catch (error) {
      if (!(error instanceof Problem && error.status === 409)) return this.desk.failed(error);
      await this.#readAgain();
      this.told.lost(this.one.coach?.first_name ?? null);
    }
  }

  async #reopen() {
    await act(this.one.id, "reopen");
    await this.#acted(this.desk.labels.say("reopened"));
  }

  async #close() {
    if (!(await askToClose(this.desk, this.box.hasUnsent))) return;
    await act(this.one.id, "close");
    await this.#acted(this.desk.labels.say("closing.done"));
  }

  async #snooze() {
    const until = await askUntil(this.desk, this.one);
    if (!until) return;
    await snooze(this.one.id, until);
    const when = sayWhen(until.toISOString(), this.desk.labels, new Date());
    await this.#acted(this.desk.labels.say("snoozing.done", { when }));
  }

  async #transfer() {
    const to = await askToWhom(this.desk, this.one, await colleagues());
    if (!to) return;
    await transfer(this.one.id, to.coachId);
    await this.#acted(this.desk.labels.say("transferring.done"));
  }

  /**
   * Say what was done; the button that did it may be gone, so the focus goes to the title.
   * @param {string} said
   */
  async #acted(said) {
    await this.#readAgain();
    this.desk.say(said);
    find(this.root, "h2", HTMLElement).focus({ preventScroll: true });
  }

  /** @param {() => Promise<void>} attempt */
  async #trying(attempt) {
    try {
      await attempt();
    } catch (error) {
      if (error instanceof Problem && error.status === 404) this.told.gone();
      else this.desk.failed(error);
      if (error instanceof Problem && error.status === 409) await this.#readAgain();
    }
  }

  /** Read the case anew. Asked for while that goes on: once more afterwards, and then both are answered. */
  #readAgain() {
    this.#mustReadAgain = true;
    this.#reading ??= this.#readUntilNew().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #readUntilNew() {
    try {
      while (this.#mustReadAgain) {
        this.#mustReadAgain = false;
        this.one = await read(this.one.id);
        this.#write();
      }
    } catch (error) {
      if (error instanceof Problem && error.status === 404) this.told.gone();
      else this.desk.failed(error);
    }
  }

  /** @param {Happening} happening */
  #heard({ name, data }) {
    if (name === "typing") return this.#showTyping(data.author);
    if (name !== "message") return;
    this.box.outbox.confirm(data.client_message_id);
    this.transcript.show([data], this.one.signals);
    this.#read(data.seq);
    if (data.author === "user") this.#showTyping(null);
  }

  /** @param {number} seq */
  #read(seq) {
    if (document.visibilityState === "visible") this.desk.seen.mark(this.one.id, seq);
  }

  /** @param {string | null} author */
  #showTyping(author) {
    clearTimeout(this.#typingTimer);
    const sign = find(this.root, ".typing", HTMLElement);
    sign.textContent = author === "user" ? this.desk.labels.say("case.typing") : "";
    this.#typingTimer = setTimeout(() => (sign.textContent = ""), TYPING_MS);
  }

  #write() {
    const { one, desk, root } = this;
    const { labels } = desk;
    find(root, "h2", HTMLElement).textContent = `${labels.say(`tier.${one.tier}`)}: ${sayWhat(one, labels)}`;
    find(root, ".case-who", HTMLElement).textContent = sayWho(one, labels);
    find(root, ".case-status", HTMLElement).textContent = sayStatus(one, desk.me.id, labels);
    this.tick();
    showSignals(find(root, ".signals", HTMLElement), one, labels, (seq) => this.transcript.find(seq));
    showResults(find(root, ".results", HTMLElement), one.results);
    showNotes(find(root, ".notes ul", HTMLElement), one.notes, labels);
    this.transcript.show(one.messages, one.signals);
    this.#read(one.last_seq);
    this.#offer();
  }

  /** One main action: claim, then reply; reopen what is closed. The rest is in the menu. */
  #offer() {
    const { one, desk, root } = this;
    const isMine = one.state === "claimed" && one.coach?.id === desk.me.id;
    const isFree = one.state === "open" || one.state === "snoozed";
    const isClosed = one.state === "closed";
    this.#only(".reply", isMine);
    this.#only("[data-do=claim]", isFree);
    this.#only("[data-do=reopen]", isClosed);
    this.#only(".menu", !isClosed);
    this.#only("[data-do=snooze]", isMine || isFree);
    this.#only("[data-do=close]", isMine || isFree);
    const speaks = one.owner === "coach" ? (isMine ? "coach" : "colleague") : isMine ? "bot" : "";
    find(root, ".speaks", HTMLElement).textContent = speaks ? desk.labels.say(`status.speaks_${speaks}`) : "";
  }

  /**
   * @param {string} selector
   * @param {boolean} isShown
   */
  #only(selector, isShown) {
    find(this.root, selector, HTMLElement).hidden = !isShown;
  }
}

/** @param {CaseSummary} one what else than new messages makes the page old */
function worthReading({ state, tier, kinds, due_at, coach, owner, alarm_at, snoozed_until, route }) {
  return { state, tier, kinds, due_at, coach: coach?.id, owner, alarm_at, snoozed_until, route };
}

// @ts-check
import { copy, find } from "../chat/templates.js";
import { sayDue, sayStatus, sayWhat, sayWho } from "./words.js";
/** @import { Labels } from "../chat/labels.js" */
/** @import { CaseSummary, View } from "./shapes.d.ts" */
/** @import { Seen } from "./seen.js" */

/** @typedef {"waiting" | "mine" | "others" | "snoozed" | "closed"} Section */
/** @type {readonly Section[]} */
const SECTIONS = ["waiting", "mine", "others", "snoozed", "closed"];
const SCROLLED_PX = 8; // further down somebody is reading, and a new line above would push that away

/**
 * The list of cases. It never moves under the cursor: while the pointer is in its pane or the focus in it, or it is
 * scrolled, lines change in place, and a bar offers what is new.
 */
export class Queue {
  /** @type {CaseSummary[]} */
  #cases = [];
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  #shownOrder = "";
  #hasPointer = false;
  #isFresh = true;
  /** @type {View} */
  #view = "running";
  /** @type {string | null} */
  #selected = null;

  /**
   * @param {HTMLElement} root
   * @param {{ labels: Labels, myId: string, seen: Seen }} known
   */
  constructor(root, known) {
    this.known = known;
    this.list = find(root, ".list", HTMLElement);
    this.bar = find(root, ".news-button", HTMLButtonElement);
    this.bar.addEventListener("click", () => this.#showNews());
    // In the whole pane, for the bar stands beside the list: it must not vanish for who moves there to press it.
    root.addEventListener("pointerenter", ({ pointerType }) => (this.#hasPointer = pointerType === "mouse"));
    root.addEventListener("pointerleave", () => this.#settle(() => (this.#hasPointer = false)));
    this.list.addEventListener("focusout", () => this.#settle(() => {}));
    for (const place of [this.list, window]) place.addEventListener("scrollend", () => this.#settle(() => {}));
  }

  /**
   * @param {CaseSummary[]} cases
   * @param {View} view
   * @param {string | null} selected the case that is open beside the list
   */
  show(cases, view, selected) {
    if (view !== this.#view) this.#isFresh = true;
    this.#view = view;
    this.#selected = selected;
    this.#cases = cases;
    this.#update();
  }

  /** @param {string | null} selected */
  select(selected) {
    this.#selected = selected;
    this.tick();
  }

  /** @param {string} id */
  focus(id) {
    this.#rows.get(id)?.querySelector("a")?.focus();
  }

  /** The first case that waits, apart from one. @param {string} besides */
  next(besides) {
    return this.#cases.find((one) => one.id !== besides && this.#section(one) === "waiting") ?? null;
  }

  /** Say the times anew. */
  tick() {
    for (const one of this.#cases) this.#write(one);
  }

  #update() {
    for (const one of this.#cases) this.#write(one);
    for (const [id, row] of this.#rows) row.classList.toggle("left", !this.#cases.some((one) => one.id === id));
    if (this.#isFresh || !this.#isBusy()) this.#arrange();
    else this.#offer();
  }

  #isBusy() {
    const isScrolled = this.list.scrollTop > SCROLLED_PX || scrollY > SCROLLED_PX;
    return this.list.checkVisibility() && (this.#hasPointer || this.list.contains(document.activeElement) || isScrolled);
  }

  /** @param {() => void} change */
  #settle(change) {
    change();
    // Focus moves on after this event: look when it has arrived.
    setTimeout(() => this.bar.hidden || this.#isBusy() || this.#arrange());
  }

  #offer() {
    const news = this.#cases.filter((one) => this.#section(one) === "waiting" && !this.#rows.get(one.id)?.isConnected);
    if (news.length === 1) this.bar.textContent = this.known.labels.say("queue.new_one");
    else if (news.length) this.bar.textContent = this.known.labels.say("queue.new_many", { count: news.length });
    else this.bar.textContent = this.known.labels.say("queue.changed");
    this.bar.hidden = this.#order() === this.#shownOrder;
  }

  #showNews() {
    const known = new Set([...this.#rows].filter(([, row]) => row.isConnected).map(([id]) => id));
    this.#arrange();
    this.list.scrollTo({ top: 0 });
    const first = this.#cases.find((one) => !known.has(one.id)) ?? this.#cases[0];
    // The bar is gone: without this, the keyboard would start again at the top of the page.
    this.#rows.get(first?.id ?? "")?.querySelector("a")?.focus();
  }

  #order() {
    return this.#cases.map((one) => `${this.#section(one)} ${one.id}`).join();
  }

  #arrange() {
    this.#isFresh = false;
    this.bar.hidden = true;
    const order = this.#order();
    if (order === this.#shownOrder && this.list.childElementCount) return;
    this.#shownOrder = order;
    const ids = new Set(this.#cases.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!ids.has(id)) this.#rows.delete(id);
    const sections = this.#sections().flatMap((section) => this.#made(section));
    this.list.replaceChildren(...(sections.length ? sections : [this.#empty()]));
  }

  /** What waits and what is mine: first whichever holds the most urgent case, as the server ordered them. @returns {readonly Section[]} */
  #sections() {
    const first = this.#cases.map((one) => this.#section(one)).find((section) => SECTIONS.indexOf(section) < 2);
    return first === "mine" ? ["mine", ...SECTIONS.filter((section) => section !== "mine")] : SECTIONS;
  }

  /** @param {Section} section */
  #made(section) {
    const rows = this.#cases.filter((one) => this.#section(one) === section).map(({ id }) => this.#rows.get(id) ?? "");
    if (!rows.length) return [];
    const lines = document.createElement("ul");
    lines.append(...rows);
    if (section === "closed") return [lines];
    const title = document.createElement("h3");
    title.textContent = `${this.known.labels.say(`queue.${section}`)} (${rows.length})`;
    return [title, lines];
  }

  #empty() {
    const said = document.createElement("p");
    said.className = "lonely";
    said.textContent = this.known.labels.say(this.#view === "closed" ? "queue.empty_closed" : "queue.empty");
    return said;
  }

  /**
   * @param {CaseSummary} one
   * @returns {Section}
   */
  #section(one) {
    if (one.state === "closed" || one.state === "snoozed") return one.state;
    if (one.state === "open") return "waiting";
    return one.coach?.id === this.known.myId ? "mine" : "others";
  }

  /**
   * Make or renew a line in place: the link itself stays, and with it focus and pointer.
   * @param {CaseSummary} one
   */
  #write(one) {
    const { labels, myId, seen } = this.known;
    const isMine = this.#section(one) === "mine";
    const status = isMine && seen.hasNews(one) && one.id !== this.#selected ? labels.say("queue.news") : "";
    const made = copy("row", labels, {
      tier: labels.say(`tier.${one.tier}`),
      due: sayDue(one, labels, new Date()),
      what: sayWhat(one, labels),
      who: sayWho(one, labels),
      status: this.#section(one) === "others" ? sayStatus(one, myId, labels) : status,
    });
    const row = this.#rows.get(one.id) ?? made;
    this.#rows.set(one.id, row);
    row.dataset.tier = one.alarm_at ? "acute" : one.tier;
    const link = find(row, "a", HTMLAnchorElement);
    if (link.textContent !== find(made, "a", HTMLAnchorElement).textContent)
      link.replaceChildren(...find(made, "a", HTMLAnchorElement).childNodes);
    link.href = `#/${one.id}`;
    if (one.id === this.#selected) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// @ts-check
import { Problem } from "../chat/api.js";
import { copy, find } from "../chat/templates.js";
import { Alarms } from "./alarms.js";
import { cases, queueEvents, read } from "./api.js";
import { CasePage } from "./case_page.js";
import { Live } from "./live.js";
import { Queue } from "./queue.js";
import { sayWhat } from "./words.js";
/** @import { CaseSummary, Happening, View } from "./shapes.d.ts" */
/** @import { Desk } from "./desk.js" */

const TICK_MS = 20_000; // times are said in minutes

/** The queue and the case beside it, kept up to date by what the server tells. */
export class Workplace {
  /** @type {CaseSummary[] | null} */
  #running = null;
  /** @type {View} */
  #view = "running";
  /** @type {CasePage | null} */
  #page = null;
  #leaving = new AbortController();

  /**
   * @param {HTMLElement} main
   * @param {Desk} desk
   */
  constructor(main, desk) {
    this.desk = desk;
    this.root = copy("work", desk.labels);
    main.replaceChildren(this.root);
    this.place = find(this.root, ".place", HTMLElement);
    this.queue = new Queue(find(this.root, ".queue", HTMLElement), { labels: desk.labels, myId: desk.me.id, seen: desk.seen });
    this.alarms = new Alarms(find(document, "#alarms", HTMLElement), desk.labels);
    this.live = new Live(queueEvents, {
      heard: (happening) => this.#heard(happening),
      connected: (isConnected) => (find(document, "#offline", HTMLElement).hidden = isConnected),
      refused: (problem) => desk.failed(problem),
    });
    this.#listen();
    this.live.start();
    void this.#open();
  }

  leave() {
    this.#leaving.abort();
    this.live.stop();
    this.#page?.leave();
    this.alarms.clear();
    find(document, "#offline", HTMLElement).hidden = true;
  }

  #listen() {
    const { signal } = this.#leaving;
    addEventListener("hashchange", () => void this.#open(), { signal });
    addEventListener("online", () => this.#wake(), { signal });
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    signal.addEventListener("abort", () => clearInterval(ticking));
    for (const button of this.root.querySelectorAll("[data-view]"))
      button.addEventListener("click", () => void this.#look(/** @type {View} */ (button.getAttribute("data-view"))));
    this.#showView();
  }

  #wake() {
    this.live.wake();
    this.#page?.live.wake();
    for (const outbox of this.desk.outboxes.values()) outbox.wake();
  }

  #tick() {
    this.queue.tick();
    this.#page?.tick();
  }

  get #selected() {
    return location.hash.slice(2) || null;
  }

  /** @param {View} view */
  async #look(view) {
    this.#view = view;
    this.#showView();
    if (view === "running") return this.queue.show(this.#running ?? [], view, this.#selected);
    try {
      const closed = await cases(view);
      if (this.#view === view) this.queue.show(closed, view, this.#selected);
    } catch (error) {
      this.desk.failed(error);
    }
  }

  #showView() {
    for (const button of this.root.querySelectorAll("[data-view]"))
      button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === this.#view));
  }

  /** @param {Happening} happening */
  #heard({ name, data }) {
    if (name !== "queue") return; // an alarm is in the queue that follows it
    /** @type {CaseSummary[]} */
    const running = data.items;
    this.#announce(running);
    this.#running = running;
    if (this.#view === "running") this.queue.show(running, "running", this.#selected);
    this.alarms.show(running);
    this.desk.seen.keepOnly(running);
    const waiting = running.filter(({ state }) => state === "open").length;
    const title = this.desk.labels.say("title");
    document.title = waiting ? `(${waiting}) ${title}` : title;
    const page = this.#page;
    page?.update(running.find(({ id }) => id === page.one.id) ?? null);
  }

  /** @param {CaseSummary[]} running */
  #announce(running) {
    const known = new Set(this.#running?.map(({ id }) => id));
    const fresh = running.find(({ id, state }) => state === "open" && !known.has(id));
    const { labels } = this.desk;
    if (this.#running && fresh) {
      const what = `${labels.say(`tier.${fresh.tier}`)}, ${sayWhat(fresh, labels)}`;
      this.desk.say(labels.say("queue.arrived", { what }));
    }
  }

  async #open() {
    const id = this.#selected;
    if (id && id === this.#page?.one.id) return;
    this.root.classList.toggle("has-case", Boolean(id));
    this.#leaveCase();
    this.queue.select(id);
    if (!id) return this.#say("case.none");
    this.#say("case.loading");
    try {
      const one = await read(id);
      if (id !== this.#selected || this.#leaving.signal.aborted) return;
      this.#page = new CasePage(one, this.desk, { lost: (name) => this.#next(id, name), gone: () => this.#gone() });
      this.place.replaceChildren(this.#page.root);
      this.#page.entered();
    } catch (error) {
      if (error instanceof Problem && [404, 422].includes(error.status)) this.#gone();
      else {
        this.#say("trouble.failed");
        this.desk.failed(error);
      }
    }
  }

  #leaveCase() {
    const left = this.#page;
    left?.leave();
    this.#page = null;
    // On a phone the list comes back: the focus goes to the line one came from.
    if (left && !this.#selected) this.queue.focus(left.one.id);
  }

  #gone() {
    this.#leaveCase();
    this.#say("trouble.gone");
  }

  /** @param {string} key */
  #say(key) {
    const said = document.createElement("p");
    said.className = "lonely";
    said.textContent = this.desk.labels.say(key);
    const back = document.createElement("a");
    Object.assign(back, { className: "back", href: "#/", textContent: this.desk.labels.say("case.back") });
    this.place.replaceChildren(...(this.#selected ? [back] : []), said);
  }

  /**
   * A colleague was first: say who, and move on.
   * @param {string} lost
   * @param {string | null} name
   */
  #next(lost, name) {
    const next = this.queue.next(lost);
    const key = `claim.taken${next ? "" : "_last"}${name ? "_by" : ""}`;
    this.desk.say(this.desk.labels.say(key, { name: name ?? "" }));
    location.hash = next ? `#/${next.id}` : "#/";
  }
}

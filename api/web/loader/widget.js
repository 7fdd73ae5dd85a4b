// @ts-check
// The loader on a school's page: a button, and on its first press a frame with the chat. It asks the network for
// nothing until then, keeps nothing in the browser, and never sees what is said in the frame.

const VERSION = 1; // of the messages between this page and the frame
const WIDTH_PX = { least: 320, usual: 408, most: 560 };

const script = /** @type {HTMLScriptElement | null} */ (
  document.currentScript ?? document.querySelector('script[data-site][src*="/widget.js"]')
);

const STYLE = `
:host { all: initial; position: fixed; inset: auto 20px 20px auto; z-index: 2147483000; color-scheme: light dark; }
button { display: flex; align-items: center; gap: 12px; border: 0; padding: 0; background: none; cursor: pointer;
  font: 600 16px/1.3 system-ui, sans-serif; }
button[hidden] { display: none; }
.label { background: var(--brand); color: var(--on-brand); padding: 10px 16px; border-radius: 22px; max-width: calc(100vw - 112px); }
.round { position: relative; flex: none; width: 60px; height: 60px; border-radius: 50%; display: grid; place-items: center;
  background: var(--brand); color: var(--on-brand); }
.label, .round { box-shadow: 0 0 0 2px #fff, 0 2px 10px rgb(0 0 0 / .28); }
svg { width: 30px; height: 30px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round;
  stroke-linejoin: round; }
.unread { position: absolute; top: -8px; right: -6px; background: #14171a; color: #fff; border: 2px solid #fff;
  border-radius: 14px; padding: 0 8px; font-size: 14px; white-space: nowrap; }
.unread:empty { display: none; }
button:focus-visible { outline: none; }
button:focus-visible .round, button:focus-visible .label { outline: 3px solid #14171a; outline-offset: 3px; }
dialog { position: fixed; inset: auto 20px 20px auto; width: min(var(--width), 100vw - 40px);
  height: min(760px, 100dvh - 40px); max-width: none; max-height: none; margin: 0; padding: 0; overflow: hidden;
  border: 1px solid #8a929b; border-radius: 14px; background: Canvas; box-shadow: 0 6px 30px rgb(0 0 0 / .25); }
dialog[open] { animation: rise .16s ease-out; }
dialog::backdrop { background: none; }
iframe { display: block; width: 100%; height: 100%; border: 0; }
@keyframes rise { from { opacity: 0; transform: translateY(12px); } }
@media (max-width: 639px) {
  :host { inset: auto 12px 12px auto; }
  dialog { inset: 0; width: 100%; height: var(--seen, 100dvh); border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { dialog[open] { animation: none; } }
@media (forced-colors: active) { .round, .label { border: 2px solid ButtonText; } }
@media print { :host { display: none; } }
`;

const ICON = ["M4 5h16v11H10l-5 4v-4H4z", "M8.5 9h7", "M8.5 12h4"];

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} inside
 */
function make(name, attributes = {}, inside = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICON) {
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/** The launcher and its panel. Fires no events and offers no methods: the page and the chat stay strangers. */
class WegwijsLauncher extends HTMLElement {
  #origin = new URL(script?.src || location.href).origin;
  #site = script?.dataset.site ?? "";
  #language = this.#chooseLanguage();
  #words = settings.words[this.#language];
  #unread = make("span", { class: "unread" });
  #button = make("button", { type: "button", "aria-haspopup": "dialog" }, [
    make("span", { class: "label" }, [this.#words["launcher.label"]]),
    make("span", { class: "round" }, [icon(), this.#unread]),
  ]);
  #dialog = make("dialog", { "aria-label": this.#words["launcher.panel"], lang: this.#language });
  /** @type {HTMLIFrameElement | undefined} */
  #frame;

  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet(); // not a <style>: a strict school page would refuse it
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    const [, brand, onBrand] = settings.sites[this.#site] ?? ["", "#24527a", "#ffffff"];
    this.style.setProperty("--brand", brand);
    this.style.setProperty("--on-brand", onBrand);
    this.#widen(WIDTH_PX.usual);
    this.#button.lang = this.#language;
    this.#button.addEventListener("click", () => this.#open());
    this.#dialog.addEventListener("cancel", (event) => (event.preventDefault(), this.#close()));
    this.#dialog.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    root.append(this.#button, this.#dialog);
    addEventListener("message", (event) => this.#hear(event));
    visualViewport?.addEventListener("resize", () => this.#fit());
  }

  #chooseLanguage() {
    const wanted = [script?.dataset.language, document.documentElement.lang, settings.sites[this.#site]?.[0]];
    return wanted.map((tag) => (tag ?? "").slice(0, 2).toLowerCase()).find((tag) => tag in settings.words) ?? "nl";
  }

  #open() {
    this.#unread.textContent = "";
    this.#button.hidden = true;
    // A full screen is modal: what lies behind it must not be reached by Tab.
    if (matchMedia("(max-width: 639px)").matches) this.#dialog.showModal();
    else this.#dialog.show();
    this.#fit();
    if (!this.#frame) this.#frame = this.#load();
    this.#frame.focus();
    this.#tell("open");
  }

  #load() {
    const asked = new URLSearchParams({ host: location.origin, language: this.#language });
    const frame = make("iframe", {
      title: this.#words["launcher.panel"],
      src: `${this.#origin}/panel/${encodeURIComponent(this.#site)}?${asked}`,
      // Scripts and its own storage; links in new tabs; calling by tel:. It may not take this page elsewhere.
      sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
      allow: "clipboard-write",
      referrerpolicy: "no-referrer",
    });
    this.#dialog.append(frame);
    return frame;
  }

  #close() {
    this.#dialog.close();
    this.#button.hidden = false;
    this.#button.focus();
    this.#tell("closed");
  }

  /** @param {string} type */
  #tell(type) {
    this.#frame?.contentWindow?.postMessage({ wegwijs: VERSION, type }, this.#origin);
  }

  /** @param {MessageEvent} event */
  #hear({ origin, source, data }) {
    const isOurs = origin === this.#origin && source === this.#frame?.contentWindow && data?.wegwijs === VERSION;
    if (!this.#frame || !isOurs) return;
    if (data.type === "ready" && this.#dialog.open) this.#tell("open");
    if (data.type === "close") this.#close();
    if (data.type === "resize") this.#widen(Number(data.width));
    if (data.type === "unread") this.#showUnread(Number(data.count));
    if (data.type === "leave" && /^https:\/\//.test(data.address)) location.replace(data.address);
  }

  /** @param {number} count */
  #showUnread(count) {
    const isNews = count > 0 && !this.#dialog.open;
    this.#unread.textContent = isNews ? this.#words["launcher.unread"].replace("{count}", String(count)) : "";
  }

  /** @param {number} width */
  #widen(width) {
    const within = Math.min(Math.max(width || WIDTH_PX.usual, WIDTH_PX.least), WIDTH_PX.most);
    this.style.setProperty("--width", `${within}px`);
  }

  /** A phone's keyboard lies over the page: the panel must end above it. */
  #fit() {
    if (visualViewport) this.#dialog.style.setProperty("--seen", `${visualViewport.height}px`);
  }
}

if (!customElements.get("wegwijs-launcher")) {
  customElements.define("wegwijs-launcher", WegwijsLauncher);
  const place = () => document.body.append(document.createElement("wegwijs-launcher"));
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
}

// @ts-check

const VERSION = 1; // of the messages between the school's page and this frame

/**
 * The school's page around this frame. It is told to close, to make room and that there is news; never what is said.
 * The page is taken from the address, and frame-ancestors decides who may be it: a liar gets no message.
 */
export class Host {
  #origin = this.#asked();
  #isFramed = window.parent !== window;
  #unread = 0;
  isShown = !this.#isFramed;

  /**
   * @param {object} told
   * @param {() => void} told.opened
   * @param {() => void} told.closed
   */
  constructor(told) {
    addEventListener("message", ({ source, origin, data }) => {
      if (source !== window.parent || origin !== this.#origin || data?.wegwijs !== VERSION) return;
      if (data.type === "open") this.#show(true, told.opened);
      if (data.type === "closed") this.#show(false, told.closed);
    });
    this.#tell({ type: "ready" });
  }

  get isFramed() {
    return this.#isFramed;
  }

  close() {
    this.#tell({ type: "close" });
  }

  /** @param {number} width */
  widen(width) {
    this.#tell({ type: "resize", width });
  }

  /** Messages came; the launcher says so while the panel is closed. */
  news(count = 1) {
    if (this.isShown) return;
    this.#unread += count;
    this.#tell({ type: "unread", count: this.#unread });
  }

  /**
   * Show another page instead of the school's, and leave no way back to this one.
   * @param {string} address
   */
  leave(address) {
    if (this.#isFramed) this.#tell({ type: "leave", address });
    else location.replace(address);
  }

  /**
   * @param {boolean} isShown
   * @param {() => void} then
   */
  #show(isShown, then) {
    this.isShown = isShown;
    if (isShown) this.#unread = 0;
    then();
  }

  #asked() {
    const host = new URLSearchParams(location.search).get("host");
    return host && URL.canParse(host) ? new URL(host).origin : location.origin;
  }

  /** @param {Record<string, unknown>} message */
  #tell(message) {
    if (this.#isFramed) window.parent.postMessage({ wegwijs: VERSION, ...message }, this.#origin);
  }
}

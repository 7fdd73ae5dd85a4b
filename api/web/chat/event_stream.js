// @ts-check
import { events, Problem } from "./api.js";
import { Sleep, waitSeconds } from "./backing_off.js";
/** @import { Key } from "./shapes.d.ts" */

/** @typedef {{ id: string, event: string, data: string }} ServerEvent */

const SILENCE_MS = 45_000; // the server sends a sign of life every 15 s; three missed ones mean a dead line

/**
 * Read server-sent events of a response. Not EventSource: that would need the token in the address.
 * @param {Response} response
 * @param {() => void} onSign called for every chunk, also a sign of life
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* readEvents(response, onSign) {
  if (!response.body) return;
  const reader = response.body.getReader(); // older Safaris cannot `for await` a stream
  const decoder = new TextDecoder();
  let buffer = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    onSign();
    buffer += decoder.decode(chunk.value, { stream: true });
    const blocks = buffer.split(/\r?\n\r?\n/);
    buffer = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parsed(block);
      if (event.data) yield event;
    }
  }
}

/** @param {string} block */
function parsed(block) {
  const event = { id: "", event: "message", data: "" };
  for (const line of block.split(/\r?\n/)) {
    const [, field, value] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
    if (field === "data") event.data += (event.data && "\n") + value;
    else if (field === "id" || field === "event") event[field] = value;
  }
  return event;
}

/** Hears a conversation's events, in order, over every broken connection. */
export class EventStream {
  #stopping = new AbortController();
  #sleep = new Sleep();
  #after = 0;

  /**
   * @param {object} told
   * @param {(event: ServerEvent) => void} told.heard
   * @param {(isConnected: boolean) => void} told.connected
   * @param {(problem: Problem) => void} told.gone the conversation is not ours any more
   */
  constructor(told) {
    this.told = told;
  }

  /**
   * @param {Key} key
   * @param {number} after the last number that arrived
   */
  start(key, after) {
    this.stop();
    this.#after = after;
    this.#stopping = new AbortController();
    void this.#listen(key, this.#stopping.signal);
  }

  stop() {
    this.#stopping.abort();
    this.#sleep.end();
  }

  /** Try now: the internet is back. */
  wake() {
    this.#sleep.end();
  }

  /**
   * @param {Key} key
   * @param {AbortSignal} stopped
   */
  async #listen(key, stopped) {
    let failures = 0;
    while (!stopped.aborted) {
      let retryAfterS = 0;
      try {
        await this.#hear(key, stopped, () => (failures = 0));
      } catch (error) {
        if (stopped.aborted) return;
        if (error instanceof Problem && error.isGone) return this.told.gone(error);
        retryAfterS = error instanceof Problem ? error.retryAfterS : 0;
      }
      if (stopped.aborted) return;
      failures += 1;
      if (failures > 1) this.told.connected(false); // a single break is mended before anybody notices
      await this.#sleep.rest(Math.max(retryAfterS, waitSeconds(failures)) * 1000);
    }
  }

  /**
   * @param {Key} key
   * @param {AbortSignal} stopped
   * @param {() => void} onOpen
   */
  async #hear(key, stopped, onOpen) {
    const line = new AbortController();
    const cut = () => line.abort();
    stopped.addEventListener("abort", cut);
    let alarm = setTimeout(cut, SILENCE_MS);
    const onSign = () => {
      clearTimeout(alarm);
      alarm = setTimeout(cut, SILENCE_MS);
    };
    try {
      const response = await events(key, this.#after, line.signal);
      onOpen();
      this.told.connected(true);
      for await (const event of readEvents(response, onSign)) {
        if (stopped.aborted) return;
        if (event.id) this.#after = Number(event.id);
        this.told.heard(event);
      }
    } finally {
      clearTimeout(alarm);
      stopped.removeEventListener("abort", cut);
    }
  }
}

// @ts-check
import { Problem } from "../chat/api.js";
import { Sleep, waitSeconds } from "../chat/backing_off.js";
import { readEvents } from "../chat/event_stream.js";
/** @import { Happening } from "./shapes.d.ts" */
/** @import { OpenEvents } from "./api.js" */

const SILENCE_MS = 45_000; // the server sends a sign of life every 15 s; three missed ones mean a dead line

/** Hears a stream of events over every broken connection, from where it was. */
export class Live {
  #stopping = new AbortController();
  #sleep = new Sleep();
  #after = "";

  /**
   * @param {OpenEvents} open
   * @param {object} told
   * @param {(happening: Happening) => void} told.heard
   * @param {(isConnected: boolean) => void} told.connected
   * @param {(problem: Problem) => void} told.refused signed out, or no longer ours
   */
  constructor(open, told) {
    this.open = open;
    this.told = told;
  }

  /** @param {number} [after] the last number that arrived */
  start(after) {
    this.stop();
    this.#after = after === undefined ? "" : String(after);
    this.#stopping = new AbortController();
    void this.#listen(this.#stopping.signal);
  }

  stop() {
    this.#stopping.abort();
    this.#sleep.end();
  }

  /** Try now: the internet is back. */
  wake() {
    this.#sleep.end();
  }

  /** @param {AbortSignal} stopped */
  async #listen(stopped) {
    let failures = 0;
    while (!stopped.aborted) {
      try {
        await this.#hear(stopped, () => (failures = 0));
      } catch (error) {
        if (stopped.aborted) return;
        if (error instanceof Problem && error.isGone) return this.told.refused(error);
      }
      if (stopped.aborted) return;
      failures += 1;
      if (failures > 1) this.told.connected(false); // a single break is mended before anybody notices
      await this.#sleep.rest(waitSeconds(failures) * 1000);
    }
  }

  /**
   * @param {AbortSignal} stopped
   * @param {() => void} onOpen
   */
  async #hear(stopped, onOpen) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    const onSign = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
    };
    try {
      const response = await this.open(this.#after, AbortSignal.any([stopped, silence.signal]));
      onOpen();
      this.told.connected(true);
      for await (const event of readEvents(response, onSign)) {
        if (stopped.aborted) return;
        if (event.id) this.#after = event.id;
        this.told.heard({ name: event.event, data: JSON.parse(event.data) });
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

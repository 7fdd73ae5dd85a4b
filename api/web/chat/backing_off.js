// @ts-check

const MOST_S = 30;

/**
 * Seconds to wait after a number of failures: 1, 2, 4 ... 30, spread, so that a school's pupils do not all return at once.
 * @param {number} failures
 */
export function waitSeconds(failures) {
  return Math.min(MOST_S, 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
}

/** A sleep that can be cut short. */
export class Sleep {
  /** @type {() => void} */
  #end = () => {};

  /** @param {number} ms */
  async rest(ms) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#end = () => (clearTimeout(timer), resolve(undefined));
    });
  }

  end() {
    this.#end();
  }
}

// @ts-check
/** @import { Asked, Sheet } from "./shapes.d.ts" */

const RESULTS = "/api/v1/results";
const PATIENCE_MS = 20_000;

/** The server refused. */
export class Refusal extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }
}

/**
 * The result behind a link. The link's token goes in a header: it is in no address that a log could keep.
 * @param {string} token
 */
export function resultBehind(token) {
  /**
   * @param {string} method
   * @param {string} path
   */
  async function ask(method, path) {
    const response = await fetch(RESULTS + path, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Refusal(response.status);
    return response;
  }
  return {
    /** @type {(asked: Asked) => Promise<Sheet>} */
    read: async (asked) => (await ask("GET", query(asked))).json(),
    /** @type {(asked: Asked) => Promise<Blob>} */
    printed: async (asked) => (await ask("GET", `/pdf${query(asked)}`)).blob(),
    end: () => ask("DELETE", "/link"),
  };
}

/** @param {Asked} asked */
function query({ language, version }) {
  return `?${new URLSearchParams({ version, ...(language && { language }) })}`;
}

// @ts-check
/** @import { Language, Sheet } from "./shapes.d.ts" */

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
    /** @type {(language: Language | null) => Promise<Sheet>} */
    read: async (language) => (await ask("GET", query(language))).json(),
    /** @type {(language: Language | null) => Promise<Blob>} */
    printed: async (language) => (await ask("GET", `/pdf${query(language)}`)).blob(),
    end: () => ask("DELETE", "/link"),
  };
}

/** @param {Language | null} language */
function query(language) {
  return language ? `?language=${language}` : "";
}

// @ts-check
/** @import { Answer, Kept, Key, Language, Opened, Post, Transcript } from "./shapes.d.ts" */

const CONVERSATIONS = "/api/v1/conversations";
const PATIENCE_MS = 20_000; // the server gives up on Rasa after 3 s; longer silence is a bad line

/** The server refused, and said why (problem details). */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} detail
   * @param {number} retryAfterS
   */
  constructor(status, detail, retryAfterS) {
    super(detail);
    this.status = status;
    this.detail = detail;
    this.retryAfterS = retryAfterS;
  }

  /** Whether the conversation is not ours to enter, now or ever again. */
  get isGone() {
    return this.status === 401 || this.status === 404;
  }

  /** @param {Response} response */
  static async of(response) {
    const body = await response.json().catch(() => ({}));
    return new Problem(response.status, String(body.detail ?? ""), Number(response.headers.get("Retry-After")) || 0);
  }
}

/**
 * One request. No cookie goes along, no cache keeps what a child wrote, and the token is in no address.
 * @param {string} method
 * @param {string} path
 * @param {{ key?: Key, body?: unknown, headers?: Record<string, string>, signal?: AbortSignal, keepalive?: boolean }} [more]
 */
async function ask(method, path, { key, body, headers = {}, signal, keepalive } = {}) {
  const response = await fetch(CONVERSATIONS + path, {
    method,
    headers: {
      ...(key && { Authorization: `Bearer ${key.token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
    keepalive: keepalive ?? false,
    signal: signal ?? AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw await Problem.of(response);
  return response;
}

/** @type {(response: Promise<Response>) => Promise<any>} */
const json = async (response) => (await response).json();

/** @type {(site: string, language: Language) => Promise<Opened>} */
export const open = (site, language) => json(ask("POST", "", { body: { site, language } }));

/** @type {(returnCode: string) => Promise<Opened>} */
export const resume = (returnCode) => json(ask("POST", "/resume", { body: { return_code: returnCode } }));

/** @type {(key: Key) => Promise<Transcript>} */
export const read = (key) => json(ask("GET", `/${key.id}`, { key }));

/** @type {(key: Key, language: Language) => Promise<Transcript>} */
export const speak = (key, language) => json(ask("PATCH", `/${key.id}`, { key, body: { language } }));

/** @type {(key: Key, post: Post) => Promise<Answer>} */
export const say = (key, post) => json(ask("POST", `/${key.id}/messages`, { key, body: post }));

/** @type {(key: Key) => Promise<unknown>} */
export const showTyping = (key) => ask("POST", `/${key.id}/typing`, { key });

/** @type {(key: Key) => Promise<Blob>} */
export const exported = async (key) => (await ask("GET", `/${key.id}/export`, { key })).blob();

/** @type {(key: Key) => Promise<{ return_code: string }>} */
export const returnCode = (key) => json(ask("POST", `/${key.id}/return-code`, { key }));

/** @type {(key: Key, questionnaire: string) => Promise<{ address: string }>} */
export const resultLink = (key, questionnaire) => json(ask("POST", `/${key.id}/results/${questionnaire}/link`, { key }));

/** @type {(key: Key, questionnaire: string) => Promise<unknown>} */
export const eraseResult = (key, questionnaire) => ask("DELETE", `/${key.id}/results/${questionnaire}`, { key });

/** @type {(key: Key, after: number, signal: AbortSignal) => Promise<Response>} */
export const events = (key, after, signal) =>
  ask("GET", `/${key.id}/events`, { key, signal, headers: { "Last-Event-ID": String(after) } });

/**
 * Erase. With `keepalive` the request outlives the page.
 * @param {Key} key
 * @param {{ keepalive?: boolean }} [how]
 * @returns {Promise<Kept[]>} what must stay for a while
 */
export async function erase(key, { keepalive = false } = {}) {
  const response = await ask("DELETE", `/${key.id}`, { key, keepalive });
  return response.status === 204 ? [] : ((await response.json()).kept ?? []);
}

// @ts-check
import { Problem } from "../chat/api.js";
/** @import { Case, CaseSummary, Coach, Message, View } from "./shapes.d.ts" */
/** @import { Post } from "../chat/shapes.d.ts" */

const API = "/api/v1";
const PATIENCE_MS = 20_000;

/**
 * One request. The coach's cookie goes along; no cache keeps what a child wrote.
 * @param {string} method
 * @param {string} path
 * @param {{ body?: unknown, signal?: AbortSignal, after?: string }} [more]
 */
async function ask(method, path, { body, signal, after } = {}) {
  const response = await fetch(API + path, {
    method,
    headers: {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(after && { "Last-Event-ID": after }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    cache: "no-store",
    credentials: "same-origin",
    signal: signal ?? AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw await Problem.of(response);
  return response;
}

/** @type {(response: Promise<Response>) => Promise<any>} */
const json = async (response) => (await response).json();

/** @type {(email: string, password: string) => Promise<unknown>} */
export const signIn = (email, password) => ask("POST", "/coach/sign-in", { body: { email, password } });

/** @type {() => Promise<unknown>} */
export const signOut = () => ask("POST", "/coach/sign-out");

/** @type {() => Promise<Coach>} */
export const me = () => json(ask("GET", "/coach/me"));

/** @type {() => Promise<Coach[]>} */
export const colleagues = async () => (await json(ask("GET", "/coach/colleagues"))).items;

/** @type {(view: View) => Promise<CaseSummary[]>} */
export const cases = async (view) => (await json(ask("GET", view === "closed" ? "/cases?state=closed" : "/cases"))).items;

/** @type {(id: string) => Promise<Case>} */
export const read = (id) => json(ask("GET", `/cases/${id}`));

/** @type {(id: string, what: "claim" | "close" | "reopen") => Promise<unknown>} */
export const act = (id, what) => ask("POST", `/cases/${id}/${what}`);

/** @type {(id: string, post: Post) => Promise<Message>} */
export const reply = (id, post) => json(ask("POST", `/cases/${id}/reply`, { body: post }));

/** @type {(id: string, text: string) => Promise<unknown>} */
export const note = (id, text) => ask("POST", `/cases/${id}/note`, { body: { text } });

/** @type {(id: string, until: Date) => Promise<unknown>} */
export const snooze = (id, until) => ask("POST", `/cases/${id}/snooze`, { body: { until: until.toISOString() } });

/** @type {(id: string, coachId: string | null) => Promise<unknown>} null: to whoever claims it from the list */
export const transfer = (id, coachId) => ask("POST", `/cases/${id}/transfer`, { body: { coach_id: coachId } });

/** @type {(id: string) => Promise<unknown>} */
export const showTyping = (id) => ask("POST", `/cases/${id}/typing`);

/** @typedef {(after: string, signal: AbortSignal) => Promise<Response>} OpenEvents */

/** @type {OpenEvents} */
export const queueEvents = (after, signal) => ask("GET", "/cases/events", { after, signal });

/** @type {(id: string) => OpenEvents} */
export const caseEvents = (id) => (after, signal) => ask("GET", `/cases/${id}/events`, { after, signal });

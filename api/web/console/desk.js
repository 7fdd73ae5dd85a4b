// @ts-check
/** @import { Labels } from "../chat/labels.js" */
/** @import { Outbox } from "../chat/outbox.js" */
/** @import { Coach } from "./shapes.d.ts" */
/** @import { Drafts } from "./drafts.js" */
/** @import { Seen } from "./seen.js" */

/**
 * What a coach has at hand on every page of the console.
 * @typedef {object} Desk
 * @property {Labels} labels
 * @property {Coach} me
 * @property {Seen} seen
 * @property {Drafts} drafts
 * @property {Map<string, Outbox>} outboxes case -> what was said there and has not arrived
 * @property {(text: string) => void} say tell, politely, what just happened
 * @property {(error: unknown) => void} failed tell that something did not work; asks for a sign-in where that is why
 */
export {};

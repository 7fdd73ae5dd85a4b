// @ts-check
import { sayTime } from "../chat/dates.js";
/** @import { Labels } from "../chat/labels.js" */
/** @import { CaseSummary } from "./shapes.d.ts" */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const KINDS_SHOWN = 2;
const LOCALES = { nl: "nl-NL", en: "en-GB" };

/**
 * A short name that coaches can say to each other; the pupil has none.
 * @param {CaseSummary} one
 * @param {Labels} labels
 */
export const sayNumber = (one, labels) => labels.say("number", { code: code(one) });

/** @param {CaseSummary} one */
export const code = (one) => one.id.slice(0, 4).toUpperCase();

/**
 * What the case is about: the gravest signals, or that a person was asked for.
 * @param {CaseSummary} one
 * @param {Labels} labels
 */
export function sayWhat(one, labels) {
  if (!one.kinds.length) return labels.say(`reason.${one.reason}`);
  const words = one.kinds.slice(0, KINDS_SHOWN).map((kind) => labels.say(`kind.${kind}`));
  return words.join(", ") + (one.kinds.length > KINDS_SHOWN ? ` +${one.kinds.length - KINDS_SHOWN}` : "");
}

/**
 * @param {CaseSummary} one
 * @param {Labels} labels
 */
export function sayWho(one, labels) {
  return [labels.say(`who.${one.audience ?? "visitor"}`), labels.say(`who.speaks_${one.language}`), sayNumber(one, labels)].join(
    " · ",
  );
}

/**
 * When something must happen, or happened.
 * @param {CaseSummary} one
 * @param {Labels} labels
 * @param {Date} now
 */
export function sayDue(one, labels, now) {
  /** @param {string | null} iso */
  const when = (iso) => ({ when: iso ? sayWhen(iso, labels, now) : "" });
  if (one.state === "closed") return labels.say("due.closed", when(one.closed_at));
  if (one.alarm_at) return labels.say("due.alarm", when(one.alarm_at));
  if (one.state === "snoozed") return labels.say("due.until", when(one.snoozed_until));
  if (one.owner === "coach") return labels.say("due.talking");
  return `${labels.say("due.by", when(one.due_at))} (${sayLeft(one.due_at, labels, now)})`;
}

/**
 * @param {CaseSummary} one
 * @param {string} myId
 * @param {Labels} labels
 */
export function sayStatus(one, myId, labels) {
  if (one.state !== "claimed") return labels.say(`status.${one.state}`);
  if (one.coach?.id === myId) return labels.say("status.mine");
  return labels.say("status.claimed", { name: one.coach?.first_name ?? "" });
}

/**
 * The time alone today, the day with it otherwise.
 * @param {string} iso
 * @param {Labels} labels
 * @param {Date} now
 */
export function sayWhen(iso, labels, now) {
  const isToday = new Date(iso).toDateString() === now.toDateString();
  if (isToday) return sayTime(iso, labels.language);
  const day = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(LOCALES[labels.language], /** @type {Intl.DateTimeFormatOptions} */ (day)).format(new Date(iso));
}

/**
 * @param {string} dueAt
 * @param {Labels} labels
 * @param {Date} now
 */
function sayLeft(dueAt, labels, now) {
  const leftMs = new Date(dueAt).valueOf() - now.valueOf();
  if (Math.abs(leftMs) < MINUTE_MS) return labels.say("due.now");
  return labels.say(leftMs > 0 ? "due.left" : "due.late", { span: saySpan(Math.abs(leftMs), labels) });
}

/**
 * @param {number} ms
 * @param {Labels} labels
 */
function saySpan(ms, labels) {
  const [unit, unitMs] = ms < HOUR_MS ? ["minute", MINUTE_MS] : ms < DAY_MS ? ["hour", HOUR_MS] : ["day", DAY_MS];
  const count = Math.floor(ms / Number(unitMs));
  return labels.say(count === 1 ? `span.${unit}` : `span.${unit}s`, { count });
}

// @ts-check
/** @import { Language } from "./shapes.d.ts" */

const LOCALES = { nl: "nl-NL", en: "en-GB" };

/**
 * A day as people say it; a day that cannot be read is shown as it came.
 * @param {string} iso
 * @param {Language} language
 */
export function sayDay(iso, language) {
  // Without a time, a date is midnight in UTC: saying it in UTC keeps it on its own day everywhere.
  return said(iso, language, { dateStyle: "long", ...(iso.includes("T") ? {} : { timeZone: "UTC" }) });
}

/**
 * @param {string} iso
 * @param {Language} language
 */
export function sayTime(iso, language) {
  return said(iso, language, { timeStyle: "short" });
}

/**
 * @param {string} iso
 * @param {Language} language
 * @param {Intl.DateTimeFormatOptions} how
 */
function said(iso, language, how) {
  const moment = new Date(iso);
  return Number.isNaN(moment.valueOf()) ? iso : new Intl.DateTimeFormat(LOCALES[language], how).format(moment);
}

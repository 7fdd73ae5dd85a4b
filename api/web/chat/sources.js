// @ts-check
import { sayDay } from "./dates.js";
import { link } from "./links.js";
/** @import { Labels } from "./labels.js" */
/** @import { Source } from "./shapes.d.ts" */

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Where an answer comes from, for which school year, and when somebody looked.
 * @param {Source[]} sources
 * @param {Labels} labels
 * @returns {HTMLElement[]}
 */
export function sourceList(sources, labels) {
  const distinct = new Map(sources.map((source) => [`${source.url} ${source.title}`, source]));
  return [...distinct.values()].map((source) => {
    const line = document.createElement("p");
    line.className = "source";
    const from = [source.publisher, source.title].filter(Boolean).join(", ");
    line.append(`${labels.say("source")}: `, link(from, source.url, labels), ...notes(source, labels));
    return line;
  });
}

/** @type {(source: Source, labels: Labels) => string[]} */
function notes({ valid, checked, verified }, labels) {
  const said = [
    valid && validity(valid, labels),
    checked && labels.say("source_checked", { when: sayDay(checked, labels.language) }),
    verified === false && labels.say("source_unverified"),
  ].filter(Boolean);
  return said.length ? [` (${said.join("; ")})`] : [];
}

/** @type {(valid: string, labels: Labels) => string} a school year, or the day of which a list gives the state */
function validity(valid, labels) {
  return A_DAY.test(valid)
    ? labels.say("source_dated", { when: sayDay(valid, labels.language) })
    : labels.say("source_year", { year: valid });
}

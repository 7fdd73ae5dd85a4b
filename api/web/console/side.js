// @ts-check
import { copy, find } from "../chat/templates.js";
import { sayWhen } from "./words.js";
/** @import { Labels } from "../chat/labels.js" */
/** @import { Case, Note, Result, Signal } from "./shapes.d.ts" */

/** @type {Record<string, number>} smaller is graver */
const GRAVITY = { acute: 0, urgent: 1, concern: 2, information: 3 };

/**
 * Why we worry: each signal with its kind in words and the words that gave it away.
 * @param {HTMLElement} section
 * @param {Case} one
 * @param {Labels} labels
 * @param {(seq: number) => void} toMessage bring the message into view
 */
export function showSignals(section, one, labels, toMessage) {
  const signals = one.signals.toSorted((a, b) => (GRAVITY[a.tier] ?? 0) - (GRAVITY[b.tier] ?? 0));
  find(section, ".signals-intro", HTMLElement).textContent = labels.say(signals.length ? "signals.intro" : "signals.none");
  const list = find(section, "ul", HTMLElement);
  if (list.childElementCount !== signals.length) list.replaceChildren(...signals.map((each) => line(each, labels, toMessage)));
  const isElsewhere = one.route !== "school_coach";
  find(section, ".route", HTMLElement).textContent = isElsewhere
    ? labels.say("route.also", { route: labels.say(`route.${one.route}`) })
    : "";
}

/**
 * Results of questionnaires that the visitor shared, in words: a start for a talk.
 * @param {HTMLElement} section
 * @param {Result[]} results
 */
export function showResults(section, results) {
  section.hidden = !results.length;
  find(section, "ul", HTMLElement).replaceChildren(
    ...results.map(({ title, text }) => {
      const made = document.createElement("li");
      made.textContent = `${title}. ${text}`;
      return made;
    }),
  );
}

/**
 * @param {Signal} signal
 * @param {Labels} labels
 * @param {(seq: number) => void} show
 */
function line(signal, labels, show) {
  const made = copy("signal", labels, {
    tier: labels.say(`tier.${signal.tier}`),
    kind: labels.say(`kind.${signal.kind}`),
    speaker: signal.speaker === "self" ? "" : labels.say(`signals.${signal.speaker}`),
    because: signal.because ? labels.say("signals.because", { words: signal.because }) : "",
  });
  made.dataset.tier = signal.tier;
  find(made, "button", HTMLButtonElement).addEventListener("click", () => show(signal.message_seq));
  return made;
}

/**
 * @param {HTMLElement} list
 * @param {Note[]} notes
 * @param {Labels} labels
 */
export function showNotes(list, notes, labels) {
  if (list.childElementCount === notes.length && notes.length) return; // notes are added, never changed
  list.replaceChildren(
    ...notes.map((one) =>
      copy("note-read", labels, {
        by: labels.say("notes.by", { name: one.coach.first_name, when: sayWhen(one.written_at, labels, new Date()) }),
        text: one.text,
      }),
    ),
  );
}

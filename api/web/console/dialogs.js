// @ts-check
import { copy, find } from "../chat/templates.js";
import { sayWhen } from "./words.js";
/** @import { Desk } from "./desk.js" */
/** @import { CaseSummary, Coach } from "./shapes.d.ts" */

const HOUR_MS = 3_600_000;
const MORNING = [8, 30];

/**
 * Show a dialog until it is answered.
 * @template T
 * @param {HTMLElement} made
 * @param {(form: HTMLFormElement) => T | null} read null: not answered well yet, stay open
 * @returns {Promise<T | null>} null: cancelled
 */
function answered(made, read) {
  const dialog = /** @type {HTMLDialogElement} */ (made);
  const form = find(dialog, "form", HTMLFormElement);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    /** @type {T | null} */
    let answer = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer = read(form);
      if (answer !== null) dialog.close();
    });
    find(form, "[value=cancel]", HTMLButtonElement).addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => (dialog.remove(), resolve(answer)));
  });
}

/**
 * @param {Desk} desk
 * @param {boolean} hasUnsent
 */
export function askToClose({ labels }, hasUnsent) {
  const dialog = copy("closing", labels, { unsent: hasUnsent ? labels.say("closing.unsent") : "" });
  return answered(dialog, () => true);
}

/**
 * @param {Desk} desk
 * @param {CaseSummary} one
 * @returns {Promise<Date | null>}
 */
export function askUntil({ labels }, one) {
  const dialog = copy("snoozing", labels);
  const form = find(dialog, "form", HTMLFormElement);
  const wrong = find(dialog, ".wrong", HTMLElement);
  const chosen = find(dialog, ".chosen", HTMLElement);
  form.addEventListener("change", () => {
    chosen.hidden = form.elements.namedItem("until") instanceof RadioNodeList && choice(form) !== "chosen";
    const until = moment(form);
    const isLate = one.owner === "bot" && until !== null && until > new Date(one.due_at);
    wrong.textContent = isLate ? labels.say("snoozing.late", { when: sayWhen(one.due_at, labels, new Date()) }) : "";
  });
  return answered(dialog, () => {
    const until = moment(form);
    if (until && until > new Date()) return until;
    wrong.textContent = labels.say("snoozing.past");
    return null;
  });
}

/** @param {HTMLFormElement} form */
const choice = (form) => String(new FormData(form).get("until"));

/** @param {HTMLFormElement} form */
function moment(form) {
  if (choice(form) === "hour") return new Date(Date.now() + HOUR_MS);
  if (choice(form) === "chosen") {
    const given = find(form, "#snooze-when", HTMLInputElement).value;
    return given ? new Date(given) : null;
  }
  const morning = new Date();
  morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING[0] ?? 0, MORNING[1], 0, 0);
  return morning;
}

/**
 * @param {Desk} desk
 * @param {CaseSummary} one
 * @param {Coach[]} team
 * @returns {Promise<{ coachId: string | null } | null>}
 */
export function askToWhom({ labels, me }, one, team) {
  const others = team.filter(({ id }) => id !== one.coach?.id);
  const choices = [
    ...others.map((coach) => option(coach.id, coach.id === me.id ? labels.say("transferring.me") : sayCoach(coach, labels))),
    ...(one.state === "open" ? [] : [option("", labels.say("transferring.queue"))]),
  ];
  const first = find(/** @type {HTMLElement} */ (choices[0]), "input", HTMLInputElement);
  first.checked = true;
  const dialog = copy("transferring", labels, {
    intro: labels.say(one.coach?.id === me.id ? "transferring.intro_mine" : "transferring.intro"),
    choices,
  });
  return answered(dialog, (form) => ({ coachId: String(new FormData(form).get("to")) || null }));
}

/**
 * @param {Coach} coach
 * @param {Desk["labels"]} labels
 */
const sayCoach = (coach, labels) => labels.say("signed_in", { name: coach.first_name, role: coach.role });

/**
 * @param {string} value
 * @param {string} words
 */
function option(value, words) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: "to", value, required: true });
  label.append(input, ` ${words}`);
  return label;
}

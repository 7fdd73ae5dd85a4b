// @ts-check
import { comparison } from "./comparison.js";
import { sayDay } from "./dates.js";
import { link, phoneLink, webAddress } from "./links.js";
import { sourceList } from "./sources.js";
import { copy } from "./templates.js";
/** @import { Labels } from "./labels.js" */
/** @import { Filling } from "./templates.js" */
/** @import { Card, Place, Step } from "./shapes.d.ts" */

/** @type {Record<string, (card: Card, labels: Labels) => HTMLElement>} */
const KINDS = { programme, helpline, deadline, comparison, pathway, open_day: openDay, question, result };

/**
 * A card as the page shows it. A kind that this panel does not know yet still shows its title and text.
 * @param {Card} card
 * @param {Labels} labels
 */
export function showCard(card, labels) {
  const show = Object.hasOwn(KINDS, card.type) ? KINDS[card.type] : plain;
  return show(card, labels);
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function plain(card, labels) {
  const sources = sourceList(card.sources ?? [], labels);
  const made = copy("plain-card", labels, { title: card.title, text: card.text, sources });
  made.dataset.type = card.type; // for its look
  return made;
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function programme(card, labels) {
  const modes = (card.modes ?? []).map((mode) => labels.say(`card.mode.${mode}`));
  const facts = [card.level_name, ...modes, duration(card, labels)].filter(Boolean);
  const site = webAddress(card.url);
  return copy("programme-card", labels, {
    title: card.title,
    facts: facts.join(" · "),
    why: [card.why ?? []].flat().join(", "),
    text: card.text,
    places: (card.places ?? []).map((place) => placeItem(place, labels)),
    caution: card.caution,
    website: site && link(labels.say("card.website"), site, labels),
    sources: sourceList(card.sources ?? [], labels),
  });
}

/** @type {(card: Card, labels: Labels) => string} */
function duration({ duration_months: months }, labels) {
  if (!months) return "";
  if (months === 12) return labels.say("card.year");
  return months % 12
    ? labels.say("card.months", { count: months })
    : labels.say("card.years", { count: months / 12 });
}

/** @type {(place: Place, labels: Labels) => HTMLElement} */
function placeItem(place, labels) {
  const item = document.createElement("li");
  if (typeof place === "string") {
    item.append(place);
  } else {
    const start = place.cohort ? ` (${labels.say("card.start", { year: place.cohort })})` : "";
    item.append(link([place.institution, place.place].filter(Boolean).join(", "), place.url, labels), start);
  }
  return item;
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function helpline(card, labels) {
  const chat = webAddress(card.chat_url);
  return copy("helpline-card", labels, {
    title: card.title,
    text: card.text,
    call: card.phone && phoneLink(labels.say("card.call", { name: card.phone }), card.tel ?? card.phone),
    chat: chat && link(labels.say("card.chat"), chat, labels),
    sources: sourceList(card.sources ?? [], labels),
  });
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function deadline(card, labels) {
  const calendar = webAddress(card.ics);
  return copy("deadline-card", labels, {
    title: card.title,
    date: card.date && sayDay(card.date, labels.language),
    left: daysLeft(card.days_left, labels),
    text: card.text,
    calendar: calendar && link(labels.say("card.calendar"), calendar, labels),
    sources: sourceList(card.sources ?? [], labels),
  });
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function openDay(card, labels) {
  const calendar = webAddress(card.ics);
  const site = webAddress(card.url);
  return copy("open-day-card", labels, {
    title: card.title,
    date: card.starts_on && sayDay(card.starts_on, labels.language),
    place: card.place,
    text: card.text,
    calendar: calendar && link(labels.say("card.calendar"), calendar, labels),
    website: site && link(labels.say("card.website"), site, labels),
    sources: sourceList(card.sources ?? [], labels),
  });
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function pathway(card, labels) {
  const picture = drawn(card.svg, card.text);
  return copy("pathway-card", labels, {
    title: card.title,
    picture,
    text: picture ? null : card.text, // else the picture's own words say it
    steps: (card.steps ?? []).map((step) => pathwayStep(step, labels)),
    caution: card.caution,
    sources: sourceList(card.sources ?? [], labels),
  });
}

/** @type {(step: Step, labels: Labels) => HTMLElement} */
function pathwayStep(step, labels) {
  const calendar = webAddress(step.deadline?.ics);
  return copy("pathway-step", labels, {
    title: step.title,
    time: `(${step.time})`,
    requirements: step.requirements.map((asked) => listItem(asked)),
    uncertainty: step.uncertainty,
    deadline: step.deadline?.text,
    calendar: calendar && link(labels.say("card.calendar"), calendar, labels),
    fallback: step.fallback,
  });
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function question(card, labels) {
  const progress = document.createElement("progress");
  progress.max = card.of ?? 1;
  progress.value = (card.item ?? 1) - 1;
  progress.setAttribute("aria-hidden", "true"); // the title says it
  return copy("question-card", labels, {
    title: card.title,
    name: card.name,
    progress,
    ask: card.ask,
    statement: card.statement,
  });
}

/** @type {(card: Card, labels: Labels) => HTMLElement} */
function result(card, labels) {
  return copy("result-card", labels, {
    title: card.title,
    picture: drawn(card.svg, card.text),
    cautions: (card.cautions ?? []).map((caution) => listItem(caution)),
    limits: card.limits,
    scores: (card.scores ?? []).map(({ name, value }) =>
      listItem(`${name}: ${value === null ? "–" : `${Math.round(value * 100)}%`}`),
    ),
    keep: card.questionnaire && resultButton("keep", card.questionnaire, labels),
    erase: card.questionnaire && resultButton("erase", card.questionnaire, labels),
  });
}

/** @type {(act: "keep" | "erase", questionnaire: string, labels: Labels) => HTMLElement} */
function resultButton(act, questionnaire, labels) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset[act] = questionnaire;
  button.textContent = labels.say(`card.${act}`);
  return button;
}

/** @type {(text: string) => HTMLElement} */
function listItem(text) {
  const item = document.createElement("li");
  item.append(text);
  return item;
}

/**
 * The picture that the server drew, as an image: whatever is in it can neither run nor reach the page.
 * @type {(svg: string | null | undefined, words: string | undefined) => HTMLImageElement | null}
 */
function drawn(svg, words) {
  if (!svg) return null;
  const picture = document.createElement("img");
  picture.alt = words ?? "";
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  return picture;
}

/** @type {(days: number | null | undefined, labels: Labels) => Filling} */
function daysLeft(days, labels) {
  if (days === null || days === undefined) return null;
  if (days < 0) return labels.say("card.over");
  if (days === 0) return labels.say("card.today");
  return days === 1 ? labels.say("card.tomorrow") : labels.say("card.days_left", { days });
}

// @ts-check
/** @import { Labels } from "./labels.js" */
/** @import { Card, Row } from "./shapes.d.ts" */
import { sourceList } from "./sources.js";
import { copy, find } from "./templates.js";

/**
 * Programmes side by side, as a table that can be scrolled by keyboard on a narrow screen.
 * @type {(card: Card, labels: Labels) => HTMLElement}
 */
export function comparison(card, labels) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(document.createElement("td"), ...(card.programmes ?? []).map(({ name }) => header(name, "col")));
  table.createTBody().append(...(card.rows ?? []).map(line));
  const made = copy("comparison-card", labels, {
    title: card.title,
    table,
    sources: sourceList(card.sources ?? [], labels),
  });
  find(made, ".beside", HTMLElement).setAttribute("aria-label", card.title ?? "");
  return made;
}

/** @type {(row: Row) => HTMLTableRowElement} */
function line({ label, values }) {
  const row = document.createElement("tr");
  row.append(header(label, "row"), ...values.map(cell));
  return row;
}

/** @type {(words: string, scope: "row" | "col") => HTMLElement} */
function header(words, scope) {
  const made = document.createElement("th");
  made.scope = scope;
  made.textContent = words;
  return made;
}

/** @type {(words: string) => HTMLElement} */
function cell(words) {
  const made = document.createElement("td");
  made.textContent = words;
  return made;
}

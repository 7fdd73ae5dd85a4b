// @ts-check
/** @import { Drawing, Section, Sheet } from "./shapes.d.ts" */

/**
 * A sheet as elements. Text is set as text, never as markup.
 * @param {Sheet} sheet
 * @returns {HTMLElement[]}
 */
export function written(sheet) {
  const [first, ...others] = sheet.sections.map(section);
  return [
    element("h1", sheet.title),
    element("p", sheet.made, "quiet"),
    ...(first ?? []),
    ...sheet.pictures.map(picture),
    ...others.flat(),
    element("p", sheet.closing, "quiet"),
  ];
}

/** @param {Section} section */
function section({ heading, lines, entries }) {
  return [
    element("h2", heading),
    ...lines.map((line) => element("p", line)),
    ...entries.map((entry) => {
      const made = document.createElement("div");
      made.className = "entry";
      made.append(element("h3", entry.title), element("p", entry.text));
      return made;
    }),
  ];
}

/**
 * As an image: whatever is in it can neither run nor reach the page.
 * @param {Drawing} drawing
 */
function picture({ svg, text }) {
  const made = document.createElement("figure");
  const image = document.createElement("img");
  image.alt = text;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  made.append(image);
  return made;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} [look]
 */
function element(name, text, look = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (look) made.className = look;
  return made;
}

// @ts-check
/** @import { Labels } from "./labels.js" */
/** @import { Author, Message } from "./shapes.d.ts" */

/**
 * The coach who was there at a number, as the handoff card introduced them: "Samira, mentor".
 * @param {Message[]} messages in order
 * @param {number} seq
 * @param {Labels} labels
 */
export function coachAt(messages, seq, labels) {
  const joined = messages
    .filter((message) => message.seq <= seq)
    .flatMap(({ cards }) => cards)
    .findLast((card) => card.type === "handoff" && card.handoff === "joined");
  if (!joined?.name) return labels.say("author.coach");
  return joined.role ? labels.say("author.named", { name: joined.name, role: joined.role }) : joined.name;
}

/**
 * @param {Author} author
 * @param {Message[]} messages
 * @param {number} seq
 * @param {Labels} labels
 */
export function speakerName(author, messages, seq, labels) {
  return author === "coach" ? coachAt(messages, seq, labels) : labels.say(`author.${author}`);
}

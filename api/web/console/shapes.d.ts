/** The shapes of the coaches' API, as far as the console uses them. Types only: browsers never load this. */
import type { Language, Message, State } from "../chat/shapes.d.ts";

export type { Language, Message, State };
export type Tier = "acute" | "urgent" | "concern" | "information";
export type Status = "open" | "claimed" | "snoozed" | "closed";
export type View = "running" | "closed";

export interface Coach {
  id: string;
  first_name: string;
  role: string;
}
export interface Signal {
  message_seq: number;
  kind: string;
  tier: Tier;
  speaker: string;
  because: string;
}
export interface CaseSummary {
  id: string;
  state: Status;
  tier: Tier;
  reason: "signal" | "asked_for_person";
  route: string;
  kinds: string[];
  language: Language;
  audience: "pupil" | "parent" | null;
  opened_at: string;
  due_at: string;
  snoozed_until: string | null;
  closed_at: string | null;
  coach: Coach | null;
  /** Who may speak to the visitor now. */
  owner: "bot" | "coach";
  last_seq: number;
  /** An acute signal that the coach has not answered yet. */
  alarm_at: string | null;
}
export interface Note {
  id: string;
  coach: Coach;
  text: string;
  written_at: string;
}
export interface Result {
  questionnaire: string;
  title: string;
  text: string;
}
export interface Case extends CaseSummary {
  conversation_state: State;
  messages: Message[];
  results: Result[];
  signals: Signal[];
  notes: Note[];
}
export interface Happening {
  name: string;
  data: any;
}

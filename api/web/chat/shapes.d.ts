/** The shapes of the chat API (the contract), as far as the panel uses them. Types only: browsers never load this. */
export type Language = "nl" | "en";
export type Author = "user" | "bot" | "coach" | "system";
export type State = "bot" | "waiting_for_coach" | "with_coach" | "closed";

export interface Button {
  title: string;
  payload: string;
}
export interface Source {
  title: string;
  publisher?: string;
  url?: string;
  valid?: string | null;
  checked?: string | null;
  verified?: boolean;
}
export type Place = string | { institution?: string; place?: string | null; cohort?: string | number | null; url?: string };

export interface Step {
  title: string;
  time: string;
  requirements: string[];
  deadline?: { text: string; ics: string } | null;
  uncertainty?: string | null;
  fallback: string;
}
export interface Row {
  field: string;
  label: string;
  values: string[];
}

export interface Score {
  scale: string;
  name: string;
  value: number | null;
}

export interface Card {
  type: string;
  title?: string;
  text?: string;
  id?: string;
  level?: string | null;
  level_name?: string | null;
  modes?: string[];
  duration_months?: number | null;
  places?: Place[];
  why?: string | string[] | null;
  caution?: string | null;
  url?: string | null;
  sources?: Source[];
  date?: string | null;
  starts_on?: string | null;
  place?: string | null;
  days_left?: number | null;
  ics?: string | null;
  phone?: string | null;
  tel?: string | null;
  chat_url?: string | null;
  programmes?: { id: string; name: string }[];
  rows?: Row[];
  steps?: Step[];
  svg?: string | null;
  questionnaire?: string;
  item?: number;
  of?: number;
  ask?: string;
  statement?: string | null;
  scale?: { value: number; face: string; title: string }[];
  chosen?: number | null;
  scores?: Score[];
  cautions?: string[];
  limits?: string;
  handoff?: "offer" | "waiting" | "joined" | "left";
  due_at?: string | null;
  name?: string | null;
  role?: string | null;
}
export interface Message {
  seq: number;
  author: Author;
  language: Language;
  text: string;
  buttons: Button[];
  cards: Card[];
  sources: Source[];
  sent_at: string;
  client_message_id?: string | null;
}
export interface Transcript {
  id: string;
  language: Language;
  state: State;
  messages: Message[];
}
export type Opened = Transcript & { token: string; return_code?: string };
export interface Answer {
  messages: Message[];
  state: State;
  language: Language;
}
export interface Kept {
  what: string;
  why: string;
  until: string | null;
}

/** What leads into a conversation; all that stays behind in the browser, and only in this tab. */
export interface Key {
  id: string;
  token: string;
}
export type Post = { client_message_id: string } & ({ text: string } | { payload: string });

/** A message of the visitor that the server has not confirmed yet. */
export interface Waiting {
  post: Post;
  shown: string;
  status: "sending" | "waiting" | "slowly" | "again";
  dueAt: number;
  waitS: number;
  tries: number;
  /** What the server said about the delay. */
  detail: string;
}

/** What the server wrote into the page. */
export interface Settings {
  site: string;
  country: "NL" | "BE";
  language: Language;
  leaveFor: string;
  labels: Record<Language, Record<string, string>>;
}

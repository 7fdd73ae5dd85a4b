/** The shapes of a result, as far as its page uses them. Types only: browsers never load this. */
export type Language = "nl" | "en";

/** Which sheet: without a language the one that the result was told in. */
export interface Asked {
  language: Language | null;
  version: "own" | "parent";
}

export interface Entry {
  title: string;
  text: string;
}
export interface Section {
  heading: string;
  lines: string[];
  entries: Entry[];
}
export interface Drawing {
  title: string;
  text: string;
  svg: string;
}
export interface Sheet {
  language: Language;
  title: string;
  made: string;
  pictures: Drawing[];
  sections: Section[];
  closing: string;
  file_name: string;
}

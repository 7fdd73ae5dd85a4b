// @ts-check

const PREFIX = "wegwijs:draft:";

/** What a coach typed and did not send, in this tab only: it outlives a reload and a lost session, not a sign-out. */
export class Drafts {
  /** @param {string} name */
  read(name) {
    return sessionStorage.getItem(PREFIX + name) ?? "";
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  keep(name, text) {
    if (text) sessionStorage.setItem(PREFIX + name, text);
    else sessionStorage.removeItem(PREFIX + name);
  }

  clear() {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  }
}

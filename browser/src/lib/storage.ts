// What the browser keeps for a site from page to page: small choices of the reader. A browser may refuse to keep anything.

/** The text kept under the key; undefined when there is none. */
export function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the text under the key, for all pages of the site; undefined forgets it. */
export function store(key: string, text: string | undefined): void {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // Then the choice holds on this page, if anywhere.
  }
}

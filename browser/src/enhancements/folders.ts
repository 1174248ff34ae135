// Whether the folders stay open beside the text from page to page.

const STORED = "notegen-folders";

/** Whether the reader left them open. */
export function foldersStayOpen(): boolean {
  try {
    return localStorage.getItem(STORED) === "open";
  } catch {
    return false;
  }
}

/** Remembers it for the next page. */
export function keepFoldersOpen(open: boolean): void {
  try {
    if (open) localStorage.setItem(STORED, "open");
    else localStorage.removeItem(STORED);
  } catch {
    // Then the next page begins without them.
  }
}

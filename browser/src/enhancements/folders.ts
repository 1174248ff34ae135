// Whether the folders stay open beside the text from page to page.

import { store, stored } from "../lib/storage.ts";

const KEY = "notegen-folders";

/** Whether the reader left them open. */
export function foldersStayOpen(): boolean {
  return stored(KEY) === "open";
}

/** Remembers it for the next page. */
export function keepFoldersOpen(open: boolean): void {
  store(KEY, open ? "open" : undefined);
}

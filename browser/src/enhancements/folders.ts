// Whether the folders stay open beside the text from page to page.

import { choose, chosen } from "../lib/choices.ts";

/** Whether the reader left them open. */
export function foldersStayOpen(): boolean {
  return chosen("folders") === "open";
}

/** Remembers it for the next page. */
export function keepFoldersOpen(open: boolean): void {
  choose("folders", open ? "open" : undefined);
}

// Whether single keys do something: who speaks to a computer, or hits keys by accident, turns them off
// (WCAG 2.2, 2.1.4).

import { choose, chosen } from "./choices.ts";

/** Whether keys such as `/` and `?` work; they do until the reader says no. */
export function singleKeysWork(): boolean {
  return chosen("keys") !== "off";
}

/** Remembers the reader's choice, for all pages of the site. */
export function letSingleKeysWork(work: boolean): void {
  choose("keys", work ? undefined : "off");
}

/** Whether this is a single key pressed on the page itself: not into a field, a dialog or a widget with its own keys. */
export function isSingleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as HTMLElement;
  const widget = target.isContentEditable
    ? target
    : target.closest?.("input, textarea, select, [role=application]");
  // A field in a dialog that was closed just now has the focus until the page is drawn again.
  if (widget && !widget.closest("dialog:not([open])")) return false;
  return singleKeysWork() && !document.querySelector("dialog[open]");
}

// Whether single keys do something: who speaks to a computer, or hits keys by accident, turns them off
// (WCAG 2.2, 2.1.4).

const STORED = "notegen-keys";

/** Whether keys such as `/` and `?` work; they do until the reader says no. */
export function singleKeysWork(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true; // A browser that refuses storage could not keep the choice either.
  }
}

/** Remembers the reader's choice, for all pages of the site. */
export function letSingleKeysWork(work: boolean): void {
  try {
    if (work) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch {
    // Then they go on working.
  }
}

/** Whether this is a single key pressed on the page itself: not into a field, a dialog or a widget with its own keys. */
export function isSingleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as HTMLElement;
  if (target.isContentEditable || target.closest?.("input, textarea, select, [role=application]"))
    return false;
  return singleKeysWork() && !document.querySelector("dialog[open]");
}

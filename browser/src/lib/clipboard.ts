// Copies text, also where a page has no clipboard: on a host without TLS, and on a disk in some browsers.

/**
 * Copies a text; false when the browser refuses.
 *
 * @param place what holds the focus, a dialog where one is open: what is selected must lie where the focus may go
 */
export async function copy(text: string, place: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, place);
  }
}

function copySelected(text: string, place: HTMLElement): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = text;
  place.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

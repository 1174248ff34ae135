// Which letter a key stands for, whatever the keyboard's layout: shortcuts are named by Latin letters.

/**
 * What the key types where that is ASCII, as on layouts that put letters elsewhere; a Russian, Greek, Hebrew, Arabic or Korean
 * letter counts as the Latin one in its place. While a word is being composed a key is no shortcut: empty.
 */
export function letterOf(event: KeyboardEvent): string {
  if (event.isComposing) return "";
  if (!/[^\x20-\x7e]/.test(event.key)) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1] ?? "";
  return event.shiftKey ? letter : letter.toLowerCase();
}

// The key of the encrypted notes, from page to page of one tab: neither on the disk nor for another tab, and gone with this
// one. At file:// Firefox keeps it for each page alone.

const PREFIX = "notegen-key ";

/** The key kept for the site with this salt; undefined when there is none. */
export function keptKey(salt: string): string | undefined {
  try {
    return sessionStorage.getItem(PREFIX + salt) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the key, or forgets it; gives whether the browser does so. */
export function keepKey(salt: string, key: string | undefined): boolean {
  try {
    if (key) sessionStorage.setItem(PREFIX + salt, key);
    else sessionStorage.removeItem(PREFIX + salt);
    return keptKey(salt) === key;
  } catch {
    return false;
  }
}

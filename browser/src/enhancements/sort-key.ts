// A title as the folders sort it: neither case nor accents count, and numbers by their value; notegen/render/parts/explorer.py
// does the same.

const DIGITS = 12;

/** What titles are compared by. */
export function sortKey(title: string): string {
  return title
    .normalize("NFC")
    .replace(/[\u00a0\u202f]/g, " ")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[0-9]+/g, (digits) => digits.replace(/^0+/, "").padStart(DIGITS, "0"));
}

// Hebrew words without what is written onto them; notegen/text/hebrew.py is the same in Python and gives the reasons.

const WORD = /^[א-ת]{2,}$/;
const IN_FRONT = "והבכלמש";
const MAX_IN_FRONT = 4;
const MIN_LETTERS = 3;
const PLURALS = ["ים", "ות"];
const FEMININE = "ה";
const FINAL: Record<string, string> = { ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ" };

/** All that the word may be a form of, itself first; the word alone where it is too short or of another script. */
export function hebrewStems(word: string): string[] {
  if (!WORD.test(word)) return [word];
  const bare = [word];
  for (let last = word; bare.length <= MAX_IN_FRONT; bare.push(last)) {
    const rest = last.slice(1);
    const least = bare.length > 1 ? MIN_LETTERS : MIN_LETTERS - 1;
    if (!IN_FRONT.includes(last.charAt(0)) || rest.length < least) break;
    last = rest;
  }
  const stems = bare.flatMap((each) => [withoutEnding(each), each]);
  return Array.from(
    new Set(stems.map((form) => form.replace(/[ךםןףץ]/g, (letter) => FINAL[letter] as string))),
  );
}

function withoutEnding(word: string): string {
  if (word.length <= MIN_LETTERS) return word;
  if (PLURALS.some((ending) => word.endsWith(ending))) return word.slice(0, -2);
  return word.endsWith(FEMININE) ? word.slice(0, -1) : word;
}

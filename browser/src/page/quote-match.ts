// Finds a quote in a text that was marked up since: only letters and digits count.

/** A run of letters in the text, and where it begins among all letters. */
export interface Run<Place> {
  place: Place;
  /** Where the run begins in its own place's text. */
  offset: number;
  /** Where it begins in `Letters.text`. */
  at: number;
  text: string;
}

/** The letters and digits of a text that lies in many places, such as the text nodes of a page. */
export interface Letters<Place> {
  text: string;
  runs: Run<Place>[];
}

/** Where a quote stands among the letters, its end not included. */
interface Span {
  start: number;
  end: number;
}

const RUN = /[\p{L}\p{M}\p{N}]+/gu;
// What is shorter may stand anywhere; a page of Chinese needs less.
const MIN_QUOTE_LENGTH = 4;
const MAX_PASSAGE_LENGTH = 6000;

/** The letters of the texts, in order. */
export function lettersOf<Place>(texts: Iterable<readonly [Place, string]>): Letters<Place> {
  const runs: Run<Place>[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (const [place, text] of texts) {
    for (const match of text.matchAll(RUN)) {
      runs.push({ place, offset: match.index as number, at, text: match[0] });
      pieces.push(match[0]);
      at += match[0].length;
    }
  }
  return { text: pieces.join(""), runs };
}

/** Where a passage that begins and ends with these words stands at or after `from`; as much of it as can be found. */
export function findPassage(
  text: string,
  { start, end }: { start: string; end: string },
  from: number,
): Span | undefined {
  const head = findQuote(text, start, from);
  const tail = end ? findQuote(text, end, head?.end ?? from) : undefined;
  if (!head) return tail;
  return tail && tail.end - head.start < MAX_PASSAGE_LENGTH ? { start: head.start, end: tail.end } : head;
}

/** The quote, or else its first or second half: a formula or a picture in it reads otherwise in the page. */
function findQuote(text: string, quote: string, from: number): Span | undefined {
  const letters = (quote.match(RUN) ?? []).join("");
  const half = Math.ceil(letters.length / 2);
  for (const part of [letters, letters.slice(0, half), letters.slice(half)]) {
    const start =
      part.length < Math.min(MIN_QUOTE_LENGTH, letters.length) || !part ? -1 : text.indexOf(part, from);
    if (start >= 0) return { start, end: start + part.length };
  }
  return undefined;
}

/** The runs, or parts of runs, that are one of the words, in any case. */
export function findWords<Place>(
  runs: Run<Place>[],
  { start, end }: Span,
  words: string[],
): { run: Run<Place>; from: number; to: number }[] {
  const wanted = words.map((word) => word.toLowerCase());
  const found = [];
  for (const run of runs) {
    if (run.at < start || run.at >= end) continue;
    const text = run.text.toLowerCase();
    for (const word of wanted) {
      // A script without spaces has its words inside of runs.
      const from = /\p{Lo}/u.test(word) ? text.indexOf(word) : text === word ? 0 : -1;
      if (from >= 0) found.push({ run, from, to: Math.min(run.text.length, from + word.length) });
    }
  }
  return found;
}

// Text to tokens: what counts as a word, and when two are the same but for their endings (stems.ts).
// notegen/text/tokens.py is the same in Python and gives the reasons; tests/cases/terms.json holds both to it.

import { NASAL, NO_SPACE_SCRIPTS, OPTIONAL_MARKS, PLAIN_LETTERS, WRITTEN_OUT_NASALS } from "./characters.ts";
import type { WordRules } from "./rules.ts";

/** A word or pair of characters: `form` is folded, `lower` in lower case with its accents. */
export interface Token {
  form: string;
  lower: string;
}

/** A token where it stands: it is written as `text.slice(start, end)`. */
interface TokenSpan {
  token: Token;
  start: number;
  end: number;
}

/** A token to look for, and the beginning that other forms may share with it: empty when none may. */
export interface QueryTerm {
  token: Token;
  prefix: string;
  /** Of what is looked for as it is written, the forms of its words; none for a word. */
  words?: string[];
}

const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join("")}]`, "gu");
const OPTIONAL_MARK = new RegExp(`[${OPTIONAL_MARKS}]`, "gu");
const WRITTEN_OUT_NASAL = new RegExp(WRITTEN_OUT_NASALS, "gu");
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const RUN = new RegExp(`[${NO_SPACE_SCRIPTS}]+|[^${NO_SPACE_SCRIPTS}]+`, "gu");
const ANY_NO_SPACE = new RegExp(`[${NO_SPACE_SCRIPTS}]`, "u");
const BEGINS_NO_SPACE = new RegExp(`^[${NO_SPACE_SCRIPTS}]`, "u");

/** The tokens of `text` where they stand; the whole word where folding has moved its characters. */
export function tokenSpans(text: string, rules: WordRules): TokenSpan[] {
  const found: TokenSpan[] = [];
  for (const match of text.matchAll(WORD)) {
    const start = match.index as number;
    const written = Array.from(match[0]);
    const folded = fold(match[0]);
    const inPlace = lengthOf(folded) === written.length;
    const unit = (character: number) => start + written.slice(0, character).join("").length;
    for (const { offset, run } of runsOf(folded)) {
      const noSpace = isNoSpaceScript(run);
      tokensOf(run, match[0], folded, rules).forEach((token, place) => {
        const first = inPlace ? offset + (noSpace ? place : 0) : 0;
        const last = inPlace ? first + lengthOf(noSpace ? token.form : run) : written.length;
        found.push({ token, start: unit(first), end: unit(last) });
      });
    }
  }
  return found;
}

/** The terms to look for, each form once, in order of appearance; a word at the very end counts as a prefix too. */
export function queryTerms(text: string, rules: WordRules): QueryTerm[] {
  const found = new Map<string, QueryTerm>();
  for (const match of text.matchAll(WORD)) {
    const last = (match.index as number) + match[0].length === text.length;
    const folded = fold(match[0]);
    for (const { run } of runsOf(folded)) {
      const characters = Array.from(run);
      if (!isNoSpaceScript(run)) {
        const token = wordToken(run, match[0], folded, rules);
        const isOpen = last && characters.length >= rules.minPrefixLength;
        found.set(token.form, { token, prefix: isOpen ? token.form : "" });
      } else if (characters.length === 1) {
        found.set(run, { token: { form: run, lower: run }, prefix: run });
      } else {
        for (const bigram of bigramsOf(characters))
          found.set(bigram, { token: { form: bigram, lower: bigram }, prefix: "" });
      }
    }
  }
  return Array.from(found.values());
}

/** Where the words of a text stand. */
export function wordSpans(text: string): [start: number, end: number][] {
  return Array.from(text.matchAll(WORD), (match) => {
    const start = match.index as number;
    return [start, start + match[0].length];
  });
}

/** The text with the words whose forms are in `by` replaced; words of several tokens are left as they are. */
export function replaceWords(text: string, by: ReadonlyMap<string, string>, rules: WordRules): string {
  return text.replace(WORD, (word) => by.get(truncate(fold(word), rules)) ?? word);
}

/** Whether a text is one token, however long. */
export function isOneToken(text: string): boolean {
  return queryTerms(text, { maxTokenLength: text.length, minPrefixLength: 0 }).length === 1;
}

/** The folded words of a text between spaces, characters of scripts without spaces as words: to look for phrases in. */
export function phraseForm(text: string): string {
  const words: string[] = [];
  for (const match of text.matchAll(WORD)) {
    for (const { run } of runsOf(fold(match[0])))
      words.push(...(isNoSpaceScript(run) ? Array.from(run) : [run]));
  }
  return ` ${words.join(" ")} `;
}

/** Whether a text holds a word at all. */
export function hasWords(text: string): boolean {
  return text.search(WORD) >= 0;
}

/** Whether the token is of a script that gives pairs of characters. */
export function isNoSpaceScript(token: string): boolean {
  return BEGINS_NO_SPACE.test(token);
}

/** Whether any character of a text is of a script that gives pairs of characters. */
export function hasNoSpaceScript(text: string): boolean {
  return ANY_NO_SPACE.test(text);
}

/** Which script a word begins in, as a number; `script_number` of notegen/text/scripts.py says how. */
export function scriptNumber(word: string): number {
  const point = word.codePointAt(0) ?? 0;
  return point < AFTER_LATIN ? 0 : Math.min(point, IDEOGRAPHS) >> BLOCK_BITS;
}

const AFTER_LATIN = 0x250;
const IDEOGRAPHS = 0x3000;
const BLOCK_BITS = 7;

/** How many characters a text has; JavaScript counts one beyond the first plane as two. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** The word without a plural s: the S stemmer. */
export function singular(word: string): string {
  if (lengthOf(word) <= 3 || !word.endsWith("s")) return word;
  if (word.endsWith("ies")) return /[ea]ies$/.test(word) ? word : `${word.slice(0, -3)}y`;
  if (word.endsWith("es")) return /[aeo]es$/.test(word) ? word : word.slice(0, -1);
  return /[us]s$/.test(word) ? word : word.slice(0, -1);
}

/** The word without compatibility forms, case and optional marks. */
export function fold(word: string): string {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(OPTIONAL_MARK, "")
    .replace(PLAIN_LETTER, (letter) => PLAIN_LETTERS[letter] as string)
    .replace(WRITTEN_OUT_NASAL, NASAL)
    .normalize("NFC");
}

/** The runs of one kind of script, each with where it begins, in characters. */
function* runsOf(folded: string): Generator<{ offset: number; run: string }> {
  for (const part of folded.matchAll(WORD)) {
    for (const match of part[0].matchAll(RUN)) {
      const before = (part.index as number) + (match.index as number);
      yield { offset: lengthOf(folded.slice(0, before)), run: match[0] };
    }
  }
}

function tokensOf(run: string, word: string, folded: string, rules: WordRules): Token[] {
  if (!isNoSpaceScript(run)) return [wordToken(run, word, folded, rules)];
  const characters = Array.from(run);
  return [...bigramsOf(characters), characters[characters.length - 1] as string].map((form) => ({
    form,
    lower: form,
  }));
}

function wordToken(run: string, word: string, folded: string, rules: WordRules): Token {
  const lower = run === folded ? word.toLowerCase().normalize("NFKC") : run;
  return { form: truncate(run, rules), lower: truncate(lower, rules) };
}

/** The first characters of a word; the rest of a longer one says nothing more about it. */
export function truncate(word: string, { maxTokenLength }: WordRules): string {
  return Array.from(word).slice(0, maxTokenLength).join("");
}

function bigramsOf(characters: string[]): string[] {
  return characters.slice(1).map((second, i) => (characters[i] as string) + second);
}

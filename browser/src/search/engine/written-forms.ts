// What is found as it is written, beside its words: `C++`, `#tag`, `Wi-Fi` as `wifi`, `readFile` as `read`.
// notegen/text/written_forms.py is the same in Python and gives the reasons; tests/cases/written-forms.json holds both
// to it.

import { OPENING_SIGNS, QUERY_SPACES, SYMBOLS } from "./characters.ts";
import type { TokenRules } from "./rules.ts";
import { fold, hasNoSpaceScript, lengthOf, type QueryTerm, queryTerms, wordSpans } from "./tokens.ts";

/** What is written at `text.slice(start, end)`, folded, with the forms of the words that it is made of. */
interface WrittenForm {
  start: number;
  end: number;
  form: string;
  words: string[];
}

type Span = [start: number, end: number];

const CHUNK = new RegExp(`[^${QUERY_SPACES}]+`, "gu");
const SYMBOL = new RegExp(`[${SYMBOLS}]`, "gu");
const HUMPS = /[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g;
const JOINING = "-\u2010\u2011'\u2019._/&";
const APOSTROPHES = "'\u2019";
const BEFORE = ".$@#-";
const AFTER = ["++", "+", "#"];

/** All of a text, by where it begins within each stretch between spaces. */
export function writtenForms(text: string, rules: TokenRules): WrittenForm[] {
  return Array.from(text.matchAll(CHUNK)).flatMap((match) => {
    const offset = match.index as number;
    return formsOfChunk(match[0], rules).map((found) => ({
      ...found,
      start: found.start + offset,
      end: found.end + offset,
    }));
  });
}

/** What a question looks for: its words, then what it has as written and is no word of it. */
export function searchTerms(text: string, rules: TokenRules): QueryTerm[] {
  const words = queryTerms(text, rules);
  const forms = new Set(words.map(({ token }) => token.form));
  const written = new Map<string, QueryTerm>();
  for (const { form, words } of writtenForms(text, rules))
    if (!forms.has(form))
      written.set(form, {
        token: { form, lower: form },
        prefix: "",
        words: words.length > 0 ? words : [form],
      });
  return [...words, ...written.values()];
}

function formsOfChunk(chunk: string, rules: TokenRules): WrittenForm[] {
  const found = Array.from(chunk.matchAll(SYMBOL), (match) => symbol(match.index as number, match[0]));
  const spans = wordSpans(chunk);
  for (const span of spans) found.push(...humps(chunk, span, rules));
  for (const chain of chainsOf(chunk, spans, rules))
    found.push(...joined(chunk, chain, rules), ...signed(chunk, chain));
  return found
    .filter(({ form }) => lengthOf(form) <= rules.maxTokenLength && !hasNoSpaceScript(form))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function symbol(start: number, form: string): WrittenForm {
  return { start, end: start + form.length, form, words: [] };
}

function humps(chunk: string, [start, end]: Span, { minHump }: TokenRules): WrittenForm[] {
  const word = chunk.slice(start, end);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
  if (!/^[\x00-\x7f]*$/.test(word)) return [];
  const parts = Array.from(word.matchAll(HUMPS));
  if (parts.length < 2 || word === word.toLowerCase() || word === word.toUpperCase()) return [];
  return parts
    .filter(([part]) => part.length >= minHump && /^[A-Za-z]+$/.test(part))
    .map((match) => {
      const first = start + (match.index as number);
      return {
        start: first,
        end: first + match[0].length,
        form: match[0].toLowerCase(),
        words: [fold(word)],
      };
    });
}

/** The words, those together that one sign joins. */
function chainsOf(chunk: string, spans: Span[], { minAfterApostrophe }: TokenRules): Span[][] {
  const chains: Span[][] = [];
  let last = -2;
  for (const [start, end] of spans) {
    const sign = chunk.slice(last, start);
    const joins = start - last === 1 && JOINING.includes(sign);
    if (joins && (!APOSTROPHES.includes(sign) || lengthOf(chunk.slice(start, end)) >= minAfterApostrophe))
      chains[chains.length - 1]?.push([start, end]);
    else chains.push([[start, end]]);
    last = end;
  }
  return chains;
}

/** As one word; digits stay apart. */
function joined(chunk: string, chain: Span[], { maxJoined }: TokenRules): WrittenForm[] {
  if (chain.length < 2 || chain.length > maxJoined) return [];
  const words = chain.map(([start, end]) => fold(chunk.slice(start, end)));
  const form = words.reduce((before, word) =>
    /\p{Nd}$/u.test(before) && /^\p{Nd}/u.test(word) ? `${before}.${word}` : before + word,
  );
  return [{ start: (chain[0] as Span)[0], end: (chain[chain.length - 1] as Span)[1], form, words }];
}

/** With the signs that belong to it. */
function signed(chunk: string, chain: Span[]): WrittenForm[] {
  const found: WrittenForm[] = [];
  const [start, firstEnd] = chain[0] as Span;
  const [lastStart, end] = chain[chain.length - 1] as Span;
  let before = start;
  while (before && BEFORE.includes(chunk[before - 1] as string)) before -= 1;
  const length = start - before;
  if (length > 0 && length <= 2 && (!before || OPENING_SIGNS.includes(chunk[before - 1] as string))) {
    const words = chain.map(([a, b]) => fold(chunk.slice(a, b)));
    const signs = chunk.slice(before, start);
    found.push({ start: before, end, form: signs + fold(chunk.slice(start, end)), words });
    if (chain.length > 1)
      found.push({ start: before, end: firstEnd, form: signs + words[0], words: words.slice(0, 1) });
  }
  const sign = AFTER.find((one) => chunk.startsWith(one, end));
  if (sign && !/^[\p{L}\p{N}+#]/u.test(chunk.slice(end + sign.length))) {
    const word = fold(chunk.slice(lastStart, end));
    found.push({ start: lastStart, end: end + sign.length, form: word + sign, words: [word] });
  }
  return found;
}

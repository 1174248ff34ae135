// A question as it is typed, to what it asks for; notegen/search/query.py is the same in Python and gives the reasons.

import { QUERY_QUOTES, QUERY_SPACES } from "./characters.ts";
import { hasWords, isOneToken } from "./tokens.ts";

/** Where an operator stands in the question as it was typed: `text.slice(start, end)`. */
export interface Place {
  start: number;
  end: number;
}

/** What a note must have, or must not have. */
export interface Filter extends Place {
  kind: "tag" | "path" | "before" | "after";
  value: string;
  excluded: boolean;
}

/** A part of a sum of meanings: words, or what a link to a note would say. */
export interface Operand {
  sign: 1 | -1;
  text: string;
  isNote: boolean;
}

/** What a question asks for. */
export interface Query {
  text: string;
  phrases: string[];
  excluded: string[];
  excludedPhrases: string[];
  filters: Filter[];
  operands: Operand[];
  /** Where phrases stand, with their quotes. */
  phrasePlaces: Place[];
  /** Where words and phrases stand that are kept out. */
  excludedPlaces: Place[];
}

const SPACE = `[${QUERY_SPACES}]`;
const WORD = `[^${QUERY_SPACES}"]`;
const QUOTE = new RegExp(`[${QUERY_QUOTES}]`, "gu");
const OPERATOR = new RegExp(
  `(^|${SPACE})((-?)(?:(tag|path|before|after|until|since):(?:"([^"]*)"|(${WORD}+))|"([^"]*)"|(${WORD}+)))(?=${SPACE}|$)`,
  "giu",
);
/** What `-` makes a flag of, as of a command, rather than a word to keep out. */
const FLAG = /^[A-Za-z0-9]$/;
const SIGN = new RegExp(`${SPACE}+([+-])${SPACE}+`, "u");
const EDGES = new RegExp(`^${SPACE}+|${SPACE}+$`, "gu");
const NOTE = /^\[\[([^\][|#]+)(?:[|#][^\][]*)?\]\]$/u;
const DAY = /^([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/u;

/** What a question asks for; what is not quite an operator is words. */
export function parseQuery(text: string): Query {
  const query: Query = {
    text: "",
    phrases: [],
    excluded: [],
    excludedPhrases: [],
    filters: [],
    operands: [],
    phrasePlaces: [],
    excludedPlaces: [],
  };
  let rest = text;
  const leave = (start: number, kept: string, length: number) => {
    rest = rest.slice(0, start) + kept.padEnd(length) + rest.slice(start + length);
  };
  for (const match of text.replace(QUOTE, '"').matchAll(OPERATOR)) {
    const [, before = "", all = "", minus = "", kind, quoted, value, phrase, word] = match;
    const start = (match.index as number) + before.length;
    const place = { start, end: start + all.length };
    if (kind) {
      const filter = filterOf(kindOf(kind.toLowerCase()), quoted || value || "", minus === "-");
      if (!filter) continue;
      query.filters.push({ ...filter, ...place });
      leave(start, "", all.length);
    } else if (phrase !== undefined && hasWords(phrase)) {
      (minus ? query.excludedPhrases : query.phrases).push(phrase);
      (minus ? query.excludedPlaces : query.phrasePlaces).push(place);
      leave(start, minus ? "" : ` ${phrase} `, all.length);
    } else if (minus && word && hasWords(Array.from(word)[0] as string) && !FLAG.test(word)) {
      (isOneToken(word) ? query.excluded : query.excludedPhrases).push(word);
      query.excludedPlaces.push(place);
      leave(start, "", all.length);
    }
  }
  return { ...query, text: rest, operands: operandsOf(rest) };
}

/** Whether it asks for more than a ranking. */
export function isFiltered({ phrases, excluded, excludedPhrases, filters }: Query): boolean {
  return phrases.length + excluded.length + excludedPhrases.length + filters.length > 0;
}

/** The first and the last day of a year, a month or a day, counted as Python's `date.toordinal`. */
export function daysOf(value: string): [first: number, last: number] | undefined {
  const match = DAY.exec(value);
  if (!match) return undefined;
  const [, years = "", months, days] = match;
  const [year, month, day] = [Number(years), Number(months ?? 1), Number(days ?? 1)];
  if (month < 1 || month > 12 || day < 1 || day > lengthOf(year, month)) return undefined;
  const last = months ? (days ? day : lengthOf(year, month)) : 31;
  return [ordinal(year, month, day), ordinal(year, months ? month : 12, last)];
}

function lengthOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function ordinal(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000 + 719_163;
}

function kindOf(name: string): Filter["kind"] {
  if (name === "until") return "before";
  return name === "since" ? "after" : (name as Filter["kind"]);
}

function filterOf(
  kind: Filter["kind"],
  written: string,
  excluded: boolean,
): Omit<Filter, keyof Place> | undefined {
  const value = kind === "tag" ? written.replace(/^#/, "").replace(/^\/+|\/+$/g, "") : written;
  const isDay = kind === "before" || kind === "after";
  return hasWords(value) && (!isDay || daysOf(value)) ? { kind, value, excluded } : undefined;
}

function operandsOf(text: string): Operand[] {
  const [first = "", ...rest] = trim(text).split(SIGN);
  const operands = [operandOf(first, 1)];
  for (let i = 0; i + 1 < rest.length; i += 2)
    operands.push(operandOf(rest[i + 1] as string, rest[i] === "+" ? 1 : -1));
  // A `-` between words alone is a dash, as in many a title.
  if (!rest.includes("+") && !operands.some((operand) => operand.isNote)) return [];
  return operands.every((operand) => hasWords(operand.text)) ? operands : [];
}

function operandOf(part: string, sign: 1 | -1): Operand {
  const note = NOTE.exec(trim(part));
  return { sign, text: trim(note ? (note[1] as string) : part), isNote: note !== null };
}

function trim(text: string): string {
  return text.replace(EDGES, "");
}

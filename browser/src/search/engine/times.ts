// What time a question speaks of; notegen/search/times.py is the same in Python and gives the reasons,
// tests/cases/times.json holds both to it.

import names from "../../../../notegen/text/times.json" with { type: "json" };
import { numbered } from "./manifest.ts";
import { daysOf } from "./query.ts";
import type { WordRules } from "./rules.ts";
import { fold, queryTerms, wordSpans } from "./tokens.ts";

/** The days from one to another, counted as Python's `date.toordinal`, and the words that say so. */
interface Time {
  first: number;
  last: number;
  words: Set<string>;
}

type Days = [first: number, last: number];

const MONTHS = numbered(names.months);
const SEASONS = numbered(names.seasons);
const SPANS = new Map(
  Object.entries(names.spans).flatMap(([span, words]) =>
    words.split(" ").map((word) => [word, span] as [string, string]),
  ),
);
const LAST = new Set(names.last.split(" "));
const BETWEEN = new Set(names.between.split(" "));

const YEAR = /^(?:1[0-9]{3}|20[0-9]{2})$/;
const DAY = /^([0-9]{1,2})(?:st|nd|rd|th|er)?$/;
const NUMBERS: [pattern: RegExp, year: number, month: number, day: number][] = [
  [/\b([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?\b/g, 1, 3, 4],
  [/\b([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})\b/g, 3, 2, 1],
  [/([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日일])?/g, 1, 2, 3],
];

/** Names of months beside those that every page knows, each with its number from 0. */
type Months = ReadonlyMap<string, number>;

/** The first time that a question speaks of, with the day of the newest note. */
export function timeOf(text: string, newest: number, months: Months, rules: WordRules): Time | undefined {
  const words = wordSpans(text).map(([start, end]) => fold(text.slice(start, end)));
  return (
    inNumbers(text, rules) ??
    inWords(
      words.filter((word) => !BETWEEN.has(word)),
      newest,
      months,
    )
  );
}

/** Whether a question speaks of a time, for which the day of the newest note does not matter. */
export function hasTime(text: string, months: Months, rules: WordRules): boolean {
  return timeOf(text, 719_163, months, rules) !== undefined;
}

function inNumbers(text: string, rules: WordRules): Time | undefined {
  for (const [pattern, ...places] of NUMBERS) {
    for (const match of text.matchAll(pattern)) {
      const [year = "", ...rest] = places.map((place) => match[place]);
      const days = daysOf([year, ...rest.flatMap((part) => (part ? [twoDigits(part)] : []))].join("-"));
      const terms = queryTerms(`${match[0]} `, rules);
      if (days) return timeFrom(days, ...terms.map(({ token }) => token.form));
    }
  }
  return undefined;
}

function inWords(words: string[], newest: number, months: Months): Time | undefined {
  const [newestYear, newestMonth] = partsOf(newest);
  for (const [place, word] of words.entries()) {
    const [before = "", after = "", later = ""] = [words[place - 1], words[place + 1], words[place + 2]];
    const last = [before, after].filter((one) => LAST.has(one));
    const span = SPANS.get(word);
    if (span && last.length > 0) return timeFrom(spanBefore(span, newest), word, ...last);
    const season = SEASONS.get(word);
    const month = MONTHS.get(word) ?? months.get(word);
    if (season === undefined && month === undefined) continue;
    let year = [after, later, before].find((one) => YEAR.test(one)) ?? "";
    if (year === later && !DAY.test(after)) year = "";
    if (!year && last.length === 0) continue;
    if (season !== undefined) {
      const days = year ? seasonOf(season, Number(year)) : latestSeason(season, newest);
      return timeFrom(days, word, ...last, year);
    }
    const number = year ? Number(year) : newestYear - ((month as number) + 1 > newestMonth ? 1 : 0);
    const day = year ? ([before, after].find((one) => DAY.test(one)) ?? "") : "";
    const digits = DAY.exec(day)?.[1];
    const written = [
      number,
      twoDigits(String((month as number) + 1)),
      ...(digits ? [twoDigits(digits)] : []),
    ];
    const days = daysOf(written.join("-"));
    if (days) return timeFrom(days, word, ...last, year, day);
  }
  return undefined;
}

function timeFrom([first, last]: Days, ...words: string[]): Time {
  return { first, last, words: new Set(words.filter(Boolean)) };
}

/** From March, June, September or December on, as in the north; winter goes on into the year after. */
function seasonOf(season: number, year: number): Days {
  const month = 3 + 3 * season;
  const [first] = monthOf(year, month);
  const [after] = month < 10 ? monthOf(year, month + 3) : monthOf(year + 1, month - 9);
  return [first, after - 1];
}

function latestSeason(season: number, newest: number): Days {
  const [year] = partsOf(newest);
  const days = seasonOf(season, year);
  return days[0] <= newest ? days : seasonOf(season, year - 1);
}

/** The week, month or year before that of the newest note. */
function spanBefore(span: string, newest: number): Days {
  const [year, month] = partsOf(newest);
  if (span === "week") {
    // Day 1 was a Monday.
    const monday = newest - ((newest - 1) % 7);
    return [monday - 7, monday - 1];
  }
  if (span === "year") return daysOf(String(year - 1)) as Days;
  return month > 1 ? monthOf(year, month - 1) : monthOf(year - 1, 12);
}

function monthOf(year: number, month: number): Days {
  return daysOf(`${year}-${twoDigits(String(month))}`) as Days;
}

function partsOf(day: number): [year: number, month: number] {
  const date = new Date((day - 719_163) * 86_400_000);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1];
}

function twoDigits(number: string): string {
  return number.padStart(2, "0");
}

// What to ask instead when nothing was found: every question here has been tried, and finds something.

import { translate } from "../../messages/search.ts";
import type { SearchEngine } from "../engine/engine.ts";
import { filtersOf, without, wordsOf } from "./edit-query.ts";
import type { Question } from "./hits.ts";

/** More are not read. */
const MAX_ALTERNATIVES = 6;

interface Candidate extends Question {
  /** Whether the words themselves are to be found, since by meaning something always is near. */
  wordsOnly: boolean;
}

/** Other questions that find something, nearest to the one that found nothing. */
export async function alternativesTo(search: SearchEngine, text: string): Promise<Question[]> {
  const tried = await Promise.all(candidatesOf(text).map((one) => answered(search, one)));
  return tried.filter((one) => one !== undefined).slice(0, MAX_ALTERNATIVES);
}

/** Words and phrases that are kept out. */
const EXCLUDED = /(^|\s)(-(?:"[^"]*"|[^\s"]+))(?=\s|$)/gu;
const QUOTES = /["“”„‟]/g;

/** The question without a filter, without what it keeps out, without quotes, and with each of its words alone. */
export function candidatesOf(text: string): Candidate[] {
  const filters = filtersOf(text);
  const words = wordsOf(text);
  const candidates = new Map<string, Candidate>();
  const add = (question: string, label: string, wordsOnly: boolean) => {
    if (question && question !== text.trim() && !candidates.has(question))
      candidates.set(question, { text: question, label, reason: "", wordsOnly });
  };
  for (const filter of filters)
    add(without(text, filter), translate("without", { part: filter.written }), false);
  if (filters.length > 1) add(words, translate("without_filters"), false);
  for (const match of words.matchAll(EXCLUDED)) {
    const excluded = match[2] as string;
    add(
      text.replace(excluded, "").replace(/\s+/g, " ").trim(),
      translate("without", { part: excluded }),
      false,
    );
  }
  const wanted = words.replace(EXCLUDED, "$1");
  if (wanted.search(QUOTES) >= 0) add(text.replace(QUOTES, ""), translate("without_quotes"), false);
  const alone = wanted.match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? [];
  for (const word of alone.slice(0, MAX_ALTERNATIVES)) add(word, translate("only", { word }), true);
  return Array.from(candidates.values());
}

async function answered(
  search: SearchEngine,
  { wordsOnly, ...one }: Candidate,
): Promise<Question | undefined> {
  const { hits } = await search.search(one.text, { limit: 1, wordsOnly });
  return hits[0] && { ...one, reason: translate("finds", { title: hits[0].title }) };
}

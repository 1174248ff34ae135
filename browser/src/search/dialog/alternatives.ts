// What to ask instead when nothing was found: every question here has been tried, and finds something.

import { say } from "../../messages/search.ts";
import type { SearchEngine } from "../engine/engine.ts";
import { filtersOf, without, wordsOf } from "./edit-query.ts";
import type { Question } from "./hits.ts";

/** More are not read. */
const MOST = 6;

interface Try extends Question {
  /** Whether the words themselves are to be found, since by meaning something always is near. */
  wordsOnly: boolean;
}

/** Other questions that find something, nearest to the one that found nothing. */
export async function waysOn(search: SearchEngine, text: string): Promise<Question[]> {
  const tried = await Promise.all(triesOf(text).map((one) => answered(search, one)));
  return tried.filter((one) => one !== undefined).slice(0, MOST);
}

/** Words and phrases that are kept out. */
const EXCLUDED = /(^|\s)(-(?:"[^"]*"|[^\s"]+))(?=\s|$)/gu;
const QUOTES = /["“”„‟]/g;

/** The question without a filter, without what it keeps out, without quotes, and with each of its words alone. */
export function triesOf(text: string): Try[] {
  const filters = filtersOf(text);
  const words = wordsOf(text);
  const tries = new Map<string, Try>();
  const add = (question: string, label: string, wordsOnly: boolean) => {
    if (question && question !== text.trim() && !tries.has(question))
      tries.set(question, { text: question, label, reason: "", wordsOnly });
  };
  for (const filter of filters) add(without(text, filter), say("without", { part: filter.written }), false);
  if (filters.length > 1) add(words, say("without_filters"), false);
  for (const match of words.matchAll(EXCLUDED)) {
    const excluded = match[2] as string;
    add(text.replace(excluded, "").replace(/\s+/g, " ").trim(), say("without", { part: excluded }), false);
  }
  const wanted = words.replace(EXCLUDED, "$1");
  if (wanted.search(QUOTES) >= 0) add(text.replace(QUOTES, ""), say("without_quotes"), false);
  const alone = wanted.match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? [];
  for (const word of alone.slice(0, MOST)) add(word, say("only", { word }), true);
  return Array.from(tries.values());
}

async function answered(search: SearchEngine, { wordsOnly, ...one }: Try): Promise<Question | undefined> {
  const { hits } = await search.search(one.text, { limit: 1, wordsOnly });
  return hits[0] && { ...one, reason: say("finds", { title: hits[0].title }) };
}

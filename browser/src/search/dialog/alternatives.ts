// What to ask instead when nothing was found: every question here has been tried, and finds something.

import { translate } from "../../messages/search.ts";
import type { SearchEngine } from "../engine/engine.ts";
import { type Place, parseQuery } from "../engine/query.ts";
import { without } from "./edit-query.ts";
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

/** The question without a filter, without what it keeps out, without quotes, and with each of its words alone. */
export function candidatesOf(text: string): Candidate[] {
  const { filters, phrasePlaces, excludedPlaces, text: words } = parseQuery(text);
  const candidates = new Map<string, Candidate>();
  const add = (question: string, label: string, wordsOnly = false) => {
    if (question && question !== text.trim() && !candidates.has(question))
      candidates.set(question, { text: question, label, reason: "", wordsOnly });
  };
  const addWithout = (place: Place) =>
    add(without(text, [place]), translate("without", { part: text.slice(place.start, place.end) }));
  filters.forEach(addWithout);
  if (filters.length > 1) add(without(text, filters), translate("without_filters"));
  excludedPlaces.forEach(addWithout);
  if (phrasePlaces.length > 0) add(unquoted(text, phrasePlaces), translate("without_quotes"));
  const alone = words.match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? [];
  for (const word of alone.slice(0, MAX_ALTERNATIVES)) add(word, translate("only", { word }), true);
  return Array.from(candidates.values());
}

/** The question with its phrases as words. */
function unquoted(text: string, phrases: Place[]): string {
  return [...phrases]
    .reverse()
    .reduce(
      (plain, { start, end }) =>
        plain.slice(0, start) + plain.slice(start + 1, end - 1).trim() + plain.slice(end),
      text,
    );
}

async function answered(
  search: SearchEngine,
  { wordsOnly, ...one }: Candidate,
): Promise<Question | undefined> {
  const { hits } = await search.search(one.text, { limit: 1, wordsOnly });
  return hits[0] && { ...one, reason: translate("finds", { title: hits[0].title }) };
}

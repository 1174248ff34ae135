// Which notes the operators of a question let through; notegen/search/filters.py is the same in Python.

import type { ShardSource } from "../../lib/shards.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import type { IndexFacts } from "./manifest.ts";
import { daysOf, type Filter, type Query } from "./query.ts";
import type { Stems } from "./stems.ts";
import type { Passage } from "./texts.ts";
import { fold, isNoSpaceScript, phraseForm, queryTerms } from "./tokens.ts";
import { Reader, readNumbers } from "./varint.ts";

/** The notes that say each word of a phrase, with the passages that say them all; undefined when any note may. */
type Candidates = Map<number, Set<number>> | undefined;

/** A phrase with the notes that may say it. */
export interface PhraseFilter {
  phrase: string;
  candidates: Candidates;
}

/** What a question's operators ask for. */
export interface FilterResult {
  /** The notes that pass all but what only their texts can tell. */
  notes: Set<number>;
  phrases: PhraseFilter[];
  excludedPhrases: PhraseFilter[];
}

/** What a question's operators ask for, as far as it can be told without reading texts. */
export async function applyFilters(filters: Filters, query: Query, stems: Stems): Promise<FilterResult> {
  const look = (phrases: string[]) =>
    Promise.all(
      phrases.map(async (phrase) => ({
        phrase,
        candidates: await filters.phraseCandidates(phrase, stems),
      })),
    );
  const [notes, phrases, excludedPhrases] = await Promise.all([
    filters.matchingNotes(query, stems),
    look(query.phrases),
    look(query.excludedPhrases),
  ]);
  for (const { candidates } of phrases)
    for (const note of notes) if (candidates && !candidates.has(note)) notes.delete(note);
  return { notes, phrases, excludedPhrases };
}

/** The operators of questions, over one site. */
export class Filters {
  constructor(
    private readonly facts: IndexFacts,
    private readonly words: InvertedIndex,
    private readonly shards: ShardSource,
  ) {}

  /** The notes that pass all filters and say none of the excluded words. */
  async matchingNotes(query: Query, stems: Stems): Promise<Set<number>> {
    const notes = new Set(this.facts.norms.keys());
    const filters = await Promise.all(
      query.filters.map(async (filter) => ({ filter, passing: await this.passing(filter) })),
    );
    for (const { filter, passing } of filters) {
      for (const note of notes) if (passing.has(note) === filter.excluded) notes.delete(note);
    }
    const words = query.excluded.flatMap((word) => queryTerms(`${word} `, this.facts.rules));
    for (const forms of await Promise.all(words.map((word) => this.words.ownForms(word, stems)))) {
      for (const postings of forms.values()) for (const { note } of postings) notes.delete(note);
    }
    return notes;
  }

  /** The notes that say each word of the phrase, with the passages that say them all. */
  async phraseCandidates(phrase: string, stems: Stems): Promise<Candidates> {
    const words = queryTerms(`${phrase} `, this.facts.rules).filter(
      ({ token }) => !isNoSpaceScript(token.form) || Array.from(token.form).length > 1,
    );
    const all = await Promise.all(
      words.map(async (word) => {
        const forms = await this.words.ownForms(word, stems);
        return new Map(
          (forms.get(word.token.form) ?? []).map(({ note, passages }) => [note, new Set(passages)]),
        );
      }),
    );
    const [first, ...others] = all;
    if (!first) return undefined;
    for (const here of others) {
      for (const [note, passages] of first) {
        const also = here.get(note);
        if (also) first.set(note, new Set(Array.from(passages).filter((passage) => also.has(passage))));
        else first.delete(note);
      }
    }
    return first;
  }

  /** All notes, the newest day first, those of one day in the garden's order; last those without a date. */
  async newest(): Promise<number[]> {
    const days = await this.days();
    return days.sort(([, a], [, b]) => b - a).map(([note]) => note);
  }

  /** The day of the newest note; 0 where none has a date. */
  async newestDay(): Promise<number> {
    return (await this.days()).reduce((newest, [, day]) => Math.max(newest, day), 0);
  }

  /** The notes from one day to another. */
  async between(first: number, last: number): Promise<Set<number>> {
    const days = await this.days();
    const passes = (day: number) => day > 0 && first <= day && day <= last;
    return new Set(days.filter(([, day]) => passes(day)).map(([note]) => note));
  }

  /** The notes that a filter names, be they wanted or not. */
  private async passing({ kind, value }: Filter): Promise<Set<number>> {
    if (kind === "tag") return this.tagged(fold(value));
    if (kind === "path") return this.under(fold(value));
    const [first, last] = daysOf(value) as [number, number];
    return kind === "after"
      ? this.between(first, Number.POSITIVE_INFINITY)
      : this.between(Number.NEGATIVE_INFINITY, last);
  }

  private async tagged(tag: string): Promise<Set<number>> {
    const notes = new Set<number>();
    for (const line of (await this.shards.load<string>("tags")).split("\n")) {
      const space = line.indexOf(" ");
      if (line.slice(space + 1) !== tag) continue;
      let note = -1;
      for (const step of readNumbers(line.slice(0, space))) {
        note += step + 1;
        notes.add(note);
      }
    }
    return notes;
  }

  private async under(part: string): Promise<Set<number>> {
    const notes = new Set<number>();
    let path = "";
    for (const line of (await this.shards.load<string>("paths")).split("\n")) {
      const reader = new Reader(line);
      const note = reader.number();
      path = path.slice(0, reader.number()) + line.slice(line.indexOf(" ") + 1);
      if (beginsIn(part, path)) notes.add(note);
    }
    return notes;
  }

  /** Each note with its day, 0 for one without a date, in the garden's order. */
  private async days(): Promise<[note: number, day: number][]> {
    const [before = 0, ...pairs] = readNumbers(await this.shards.load<string>("days"));
    const days: [note: number, day: number][] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const [note, day] = [pairs[i] as number, pairs[i + 1] as number];
      if (this.facts.norms.has(note)) days.push([note, day ? before + day : 0]);
    }
    return days;
  }
}

/** The numbers of a note's passages that say the phrase: of all, when the title does. */
export async function phrasePassages(
  phrase: string,
  count: number,
  candidates: Set<number> | undefined,
  passage: (number: number) => Promise<Passage>,
): Promise<number[]> {
  const form = phraseForm(phrase);
  const all = Array.from(Array(count).keys());
  const read = candidates ? all.filter((number) => candidates.has(number)) : all;
  // Any passage brings the title.
  const texts = await Promise.all((read.length > 0 ? read : [0]).map(passage));
  if (phraseForm(texts[0]?.title ?? "").includes(form)) return all;
  return read.filter((_, i) =>
    [texts[i]?.text, texts[i]?.heading].some((text) => phraseForm(text ?? "").includes(form)),
  );
}

function beginsIn(part: string, path: string): boolean {
  let start = path.indexOf(part);
  while (start > 0 && /[\p{L}\p{N}]$/u.test(path.slice(0, start)) && !isNoSpaceScript(path.slice(start)))
    start = path.indexOf(part, start + 1);
  return start >= 0;
}

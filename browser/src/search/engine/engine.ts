// Search in the page: loads what a query needs, ranks, and says what it cost.

import type { Hit, SearchOptions, SearchResult } from "../../lib/namespace.ts";
import { CountedShards, type ShardSource, Shards } from "../../lib/shards.ts";
import { applyFilters, type FilterResult, Filters, type PhraseFilter, phrasePassages } from "./filters.ts";
import { bestPassage, fuse, noteScores, type Ranked } from "./fusion.ts";
import { InvertedIndex, type WordScores } from "./inverted-index.ts";
import { FORMAT, type IndexFacts, type Manifest, readManifest } from "./manifest.ts";
import { isFiltered, parseQuery, type Query } from "./query.ts";
import { SemanticIndex } from "./semantic.ts";
import { cutSnippet } from "./snippet.ts";
import { Stems } from "./stems.ts";
import { Texts } from "./texts.ts";
import { type QueryTerm, queryTerms } from "./tokens.ts";
import type { PassageScores } from "./vector-index.ts";

/** What a question can be filtered by; notegen/search/shards/filter_menu.py writes it. */
export interface FilterChoices {
  /** The days of the oldest and the newest note. */
  days: [first: string, last: string];
  /** Tags with the number of their notes, the most used first. */
  tags: [tag: string, notes: number][];
}

/** The index as one search sees it, which counts what it loads. */
interface Index {
  facts: IndexFacts;
  words: InvertedIndex;
  texts: Texts;
  filters: Filters;
  semantic: SemanticIndex | undefined;
}

/** The search of one site; loads nothing before it is asked. */
export class SearchEngine {
  private readonly shards: ShardSource;
  private facts: IndexFacts | undefined;
  private stems: Promise<Stems> | undefined;

  /**
   * @param manifest the manifest's address
   * @param source gives the shards of a folder, whose address ends in a slash
   */
  constructor(manifest: string, source: (folder: string) => ShardSource = (folder) => new Shards(folder)) {
    this.shards = source(new URL(".", manifest).href);
  }

  /** Loads ahead what every query needs; true when the site can search by meaning. */
  async prepare(): Promise<boolean> {
    const { semantic } = await this.open(this.shards);
    await semantic?.prepare();
    return semantic !== undefined;
  }

  /** The best notes for a query, best first, one hit a note. */
  async search(text: string, { limit = 10, wordsOnly = false }: SearchOptions = {}): Promise<SearchResult> {
    const start = performance.now();
    const shards = new CountedShards(this.shards);
    const index = await this.open(shards);
    const query = parseQuery(text);
    // A sum of meanings is not about its words: `king - man` does not want notes that say "man".
    const terms = queryTerms(query.operands.length > 0 ? "" : query.text, index.facts.rules);
    const isWord = async (form: string) => (await index.semantic?.table.knows(form)) ?? false;
    const loading = this.loadStems(index.facts, shards);
    const filtering = isFiltered(query)
      ? loading.then((stems) => applyFilters(index.filters, query, stems))
      : Promise.resolve(undefined);
    const [stems, words, filtered, scores] = await Promise.all([
      loading,
      loading.then((stems) => index.words.score(terms, stems, isWord)),
      filtering,
      wordsOnly ? undefined : filtering.then((filtered) => passageScores(index, query, filtered)),
    ]);
    const named = new Set(await index.semantic?.named(query.operands));
    const ranked = await this.rank(index, query, words, scores, limit);
    const left = ranked.filter(({ note }) => !named.has(note));
    const chosen: { one: Ranked; places: Set<number> }[] = [];
    for await (const hit of limit > 0 ? admit(index, filtered, left, limit) : []) {
      chosen.push(hit);
      if (chosen.length === limit) break;
    }
    const hits = await Promise.all(
      chosen.map(({ one, places }) => showHit(index, one, places, terms, stems, words, scores)),
    );
    return { hits, corrected: words.corrected, stats: { ...shards.stats, ms: performance.now() - start } };
  }

  /** What a question can be filtered by. */
  choices(): Promise<FilterChoices> {
    return this.shards.load("filters");
  }

  /** All notes that can come into question, best first; not more than `limit` where all of them will do. */
  private async rank(
    { facts: { rules, starts, weight }, filters }: Index,
    query: Query,
    words: WordScores,
    scores: PassageScores | undefined,
    limit: number,
  ): Promise<Ranked[]> {
    if (query.text.trim() || !isFiltered(query)) {
      const isSum = query.operands.length > 0;
      const most = isFiltered(query) || isSum ? starts.length : limit;
      const bests = scores && noteScores(scores, starts);
      return fuse(words.notes, bests, isSum ? 1 : weight, most, words.pinned, rules);
    }
    const notes = await filters.newest();
    return notes.map((note) => ({ note, score: 1, why: "filters" }));
  }

  /** The index, whose shards come from this source. */
  private async open(shards: ShardSource): Promise<Index> {
    const manifest = await shards.load<Manifest>("manifest");
    if (manifest.format !== FORMAT)
      throw new Error("the search index is of another version than the page's script");
    this.facts ??= readManifest(manifest);
    const { facts } = this;
    const words = new InvertedIndex(facts, shards);
    return {
      facts,
      words,
      texts: new Texts(facts, shards),
      filters: new Filters(facts, words, shards),
      semantic: facts.semantic && new SemanticIndex(facts.semantic, facts.starts, shards),
    };
  }

  private loadStems({ stemmers, rules }: IndexFacts, shards: ShardSource): Promise<Stems> {
    if (!this.stems) {
      this.stems = Stems.load(stemmers, shards, rules);
      // A failure may pass: the next search tries again.
      this.stems.catch(() => {
        this.stems = undefined;
      });
    }
    return this.stems;
  }
}

/** How close passages are to what the query means; undefined when that is nothing. */
async function passageScores(
  { semantic, facts: { rules, starts } }: Index,
  query: Query,
  filtered: FilterResult | undefined,
): Promise<PassageScores | undefined> {
  if (!semantic || !query.text.trim()) return undefined;
  let among: Set<number> | undefined;
  if (filtered && filtered.notes.size <= rules.maxScannedShare * (starts.length - 1)) {
    among = new Set();
    for (const note of filtered.notes)
      for (let passage = starts[note] as number; passage < (starts[note + 1] as number); passage++)
        among.add(passage);
  }
  return semantic.scores(query, among);
}

/** Notes whose texts are looked through at a time, however few are still wanted: waiting for each takes longer. */
const MIN_CHECKED_AT_ONCE = 3;

/** The notes that the query's operators let through, each with the passages that say its phrases; none for any. */
async function* admit(
  { facts: { rules, starts }, texts }: Index,
  filtered: FilterResult | undefined,
  ranked: Ranked[],
  limit: number,
): AsyncGenerator<{ one: Ranked; places: Set<number> }, void> {
  if (!filtered) {
    for (const one of ranked) yield { one, places: new Set() };
    return;
  }
  const { notes, phrases, excludedPhrases } = filtered;
  const left = ranked.filter(({ note }) => notes.has(note));
  let checked = 0;
  let passed = 0;
  let first = 0;
  while (first < left.length) {
    // As many at a time as are still wanted, so that their texts load side by side and few are loaded for nothing.
    const some = left.slice(first, first + Math.max(limit - passed, MIN_CHECKED_AT_ONCE));
    first += some.length;
    const check = async (one: Ranked) => {
      const suspected = excludedPhrases.filter(({ candidates }) => candidates?.has(one.note) ?? true);
      if (phrases.length + suspected.length > 0) checked += 1;
      if (checked > rules.maxCheckedNotes) return undefined;
      const start = starts[one.note] as number;
      const count = (starts[one.note + 1] as number) - start;
      const find = ({ phrase, candidates }: PhraseFilter) =>
        phrasePassages(phrase, count, candidates?.get(one.note), (number) => texts.passage(start + number));
      const [found, bad] = await Promise.all([
        Promise.all(phrases.map(find)),
        Promise.all(suspected.map(find)),
      ]);
      if (found.some((places) => places.length === 0) || bad.some((places) => places.length > 0))
        return undefined;
      const places = found.reduce(
        (both, here) => both.filter((place) => here.includes(place)),
        found[0] ?? [],
      );
      return { one, places: new Set(places) };
    };
    for (const hit of await Promise.all(some.map(check))) {
      if (!hit) continue;
      passed += 1;
      yield hit;
    }
    if (checked > rules.maxCheckedNotes) return;
  }
}

async function showHit(
  index: Index,
  { note, score, why }: Ranked,
  places: Set<number>,
  terms: QueryTerm[],
  stems: Stems,
  words: WordScores,
  scores: PassageScores | undefined,
): Promise<Hit> {
  const { rules, starts, weight } = index.facts;
  const start = starts[note] as number;
  const end = starts[note + 1] as number;
  const all = Array.from(Array(end - start).keys());
  const numbers = places.size > 0 ? all.filter((number) => places.has(number)) : all;
  const lexical = numbers.map((number) => words.passages.get(note)?.get(number) ?? 0);
  const cosines = numbers.map((number) => scores?.cosines.get(start + number));
  const best = numbers[bestPassage(lexical, cosines, weight, rules)] as number;
  const { text, ...place } = await index.texts.passage(start + best);
  // What says little is marked only where there is nothing better.
  const highlighted = cutSnippet(text, words.highlightTerms, stems, rules);
  const excerpt = highlighted.marks.length > 0 ? highlighted : cutSnippet(text, terms, stems, rules);
  return { ...place, passage: text, excerpt: excerpt.text, marks: excerpt.marks, score, why };
}

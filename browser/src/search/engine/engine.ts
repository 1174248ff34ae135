// Search in the page: loads what a query needs, ranks, and says what it cost.

import type { Hit, SearchOptions, SearchResult } from "../../lib/namespace.ts";
import type { NamedNote } from "../../lib/opened.ts";
import { CountedShards, type LoadStats, type ShardSource } from "../../lib/shards.ts";
import { applyFilters, type FilterResult, Filters, type PhraseFilter, phrasePassages } from "./filters.ts";
import { bestPassage, fuse, levelWeight, noteScores, type Ranked, scoreSteps } from "./fusion.ts";
import { InvertedIndex, type WordScores } from "./inverted-index.ts";
import { FORMAT, type IndexFacts, type Manifest, readManifest } from "./manifest.ts";
import { inFolder } from "./marks.ts";
import { NoteNames, orderOfMatches } from "./note-names.ts";
import { Published, type PublishedIndex } from "./published.ts";
import { isFiltered, parseQuery, type Query } from "./query.ts";
import type { Rules } from "./rules.ts";
import { SemanticIndex } from "./semantic.ts";
import { cutSnippet, marksOf } from "./snippet.ts";
import { Stems } from "./stems.ts";
import { type Section, Texts } from "./texts.ts";
import { hasTime, timeOf } from "./times.ts";
import { type QueryTerm, replaceWords, type Token } from "./tokens.ts";
import type { PassageScores } from "./vector-index.ts";
import { searchTerms } from "./written-forms.ts";

/** What a question can be filtered by; notegen/search/shards/filter_menu.py writes it. */
export interface FilterChoices {
  /** The days of the oldest and the newest note; none where no note has a date. */
  days: [first: string, last: string] | [];
  /** Tags with the number of their notes, the most used first. */
  tags: [tag: string, notes: number][];
}

/** What the box offers before anything is typed; notegen/search/shards/offered.py writes it. */
interface Offered {
  newest: NamedNote[];
  /** Those that most other notes link to. */
  linked: NamedNote[];
}

type NamedRecord = [title: string, url: string, date: string];

/** The index as one search sees it, which counts what it loads. */
interface Index {
  facts: IndexFacts;
  words: InvertedIndex;
  names: NoteNames;
  texts: Texts;
  filters: Filters;
  semantic: SemanticIndex | undefined;
  loadStems(): Promise<Stems>;
}

/** The search of one site; loads nothing before it is asked. */
export class SearchEngine {
  private readonly published: Published;

  /**
   * @param pointer the address of the script that says where the index is
   * @param bring gives what the script at an address adds under a name
   */
  constructor(pointer: string, bring?: (address: string, name: string) => Promise<unknown>) {
    this.published = new Published(pointer, bring);
  }

  /** Loads ahead what every query needs; true when the site can search by meaning. */
  prepare(): Promise<boolean> {
    return this.upToDate(async (published) => {
      const { semantic } = await open(published, published.shards);
      await semantic?.prepare();
      return semantic !== undefined;
    });
  }

  /** The best notes for a query, best first, one hit a note. */
  async search(text: string, { limit = 10, wordsOnly = false }: SearchOptions = {}): Promise<SearchResult> {
    const start = performance.now();
    const stats: LoadStats = { bytes: 0, requests: 0 };
    const answer = await this.upToDate(
      (published) => this.searchOnce(published, stats, text, limit, wordsOnly),
      stats,
    );
    return { ...answer, stats: { ...stats, ms: performance.now() - start } };
  }

  /**
   * What is asked of the index; once more where a piece of it is gone because the site was published anew since the page
   * was opened.
   */
  private async upToDate<Answer>(
    ask: (published: PublishedIndex) => Promise<Answer>,
    stats?: LoadStats,
  ): Promise<Answer> {
    const published = await this.published.now(stats);
    try {
      return await ask(published);
    } catch (error) {
      const newer = await this.published.after(published, stats);
      if (!newer) throw error;
      return ask(newer);
    }
  }

  private async searchOnce(
    published: PublishedIndex,
    stats: LoadStats,
    text: string,
    limit: number,
    wordsOnly: boolean,
  ): Promise<Omit<SearchResult, "stats">> {
    const shards = new CountedShards(published.shards, stats);
    const index = await open(published, shards);
    const query = parseQuery(text);
    let answer = await this.answer(index, query, limit, wordsOnly);
    if (answer.hits.length === 0 && query.phrases.length > 0) {
      // A quotation that no note says becomes its words.
      const words = await this.answer(index, { ...query, phrases: [] }, limit, wordsOnly);
      if (words.hits.length > 0) answer = { ...words, unquoted: query.phrases };
    }
    return answer;
  }

  private async answer(
    index: Index,
    asked: Query,
    limit: number,
    wordsOnly: boolean,
  ): Promise<Omit<SearchResult, "stats">> {
    const isName = asked.operands.length > 0 && (await index.names.has(asked.text));
    const query = isName ? { ...asked, operands: [] } : asked;
    // A sum of meanings is not about its words: `king - man` does not want notes that say "man".
    const question = query.operands.length > 0 ? "" : query.text;
    const terms = searchTerms(question, index.facts.rules);
    const isWord = async ({ lower }: Token) => (await index.semantic?.table.isWord(lower)) ?? false;
    const loading = index.loadStems();
    const filtering = isFiltered(query)
      ? loading.then((stems) => applyFilters(index.filters, query, stems))
      : Promise.resolve(undefined);
    const scoring = loading.then((stems) => index.words.score(terms, stems, isWord));
    const [stems, words, pinned, filtered, scores, levels] = await Promise.all([
      loading,
      scoring,
      scoring.then((words) => pinnedNotes(index, question, words)),
      filtering,
      wordsOnly
        ? undefined
        : Promise.all([scoring, filtering]).then(([words, filtered]) =>
            passageScores(index, query, words, filtered),
          ),
      wordsOnly ? undefined : scoring.then((words) => noteLevels(index, query, words)),
    ]);
    const named = new Set(await index.semantic?.named(query.operands));
    const timed = await withTime(index, question, terms, words, pinned);
    const hitsFrom = async (minCosine: number, most: number) => {
      const ranked = await this.rank(
        index,
        query,
        { ...words, notes: timed.notes },
        scores,
        timed.pinned,
        levels,
        most,
        minCosine,
      );
      const left = ranked.filter(({ note }) => !named.has(note));
      const chosen: { one: Ranked; places: Set<number> }[] = [];
      for await (const hit of most > 0 ? admit(index, filtered, left, most) : []) {
        chosen.push(hit);
        if (chosen.length === most) break;
      }
      return Promise.all(
        chosen.map(({ one, places }) => showHit(index, one, places, stems, words, scores, levels)),
      );
    };
    const { rules, foreignMinCosine } = index.facts;
    const hits = await hitsFrom(minCosineFor(words, rules, foreignMinCosine), limit);
    const far =
      hits.length === 0 && scores && mayBeFar(query, words, rules)
        ? await hitsFrom(rules.farMinCosine, Math.min(limit, rules.maxFar))
        : [];
    return { hits, far, corrected: words.corrected, unquoted: [] };
  }

  /** What a question can be filtered by. */
  choices(): Promise<FilterChoices> {
    return this.upToDate(async ({ shards }) => shards.load("filters"));
  }

  /** What the box offers before anything is typed. */
  offered(): Promise<Offered> {
    return this.upToDate(async ({ shards }) => {
      const { newest, linked } = await shards.load<Record<keyof Offered, NamedRecord[]>>("offered");
      const named = ([title, url, date]: NamedRecord) => ({ title, url, date });
      return { newest: newest.map(named), linked: linked.map(named) };
    });
  }

  /** All notes that can come into question, best first; not more than `limit` where all of them will do. */
  private async rank(
    { facts: { rules, starts, weight }, filters }: Index,
    query: Query,
    words: WordScores,
    scores: PassageScores | undefined,
    pinned: Map<number, number>,
    levels: ReadonlyMap<number, number> | undefined,
    limit: number,
    minCosine: number,
  ): Promise<Ranked[]> {
    if (query.text.trim() || !isFiltered(query)) {
      const isSum = query.operands.length > 0;
      const most = isFiltered(query) || isSum ? starts.length : limit;
      const bests = scores && noteScores(scores, starts, words.isPrecise, rules);
      return fuse(words.notes, bests, isSum ? 1 : weight, most, pinned, minCosine, levels, rules);
    }
    const notes = await filters.newest();
    return notes.map((note) => ({ note, score: 1, why: "filters" }));
  }
}

/** The site was made by another version of notegen since the page was opened: its index cannot be read. */
export class OtherVersionError extends Error {
  constructor(format: number) {
    super(`the search index has format ${format}, and the page's script reads ${FORMAT}`);
  }
}

/** The index, whose shards come from this source. */
async function open(published: PublishedIndex, shards: ShardSource): Promise<Index> {
  if (published.format !== FORMAT) throw new OtherVersionError(published.format);
  const manifest = await shards.load<Manifest>("manifest");
  published.facts ??= readManifest(manifest);
  const { facts } = published;
  const { notes: ofNotes, table = "", vectors = "" } = facts.folders;
  const notes = inFolder(shards, ofNotes);
  const words = new InvertedIndex(facts, notes);
  return {
    facts,
    words,
    names: new NoteNames(facts, notes),
    texts: new Texts(facts, notes),
    filters: new Filters(facts, words, notes),
    semantic:
      facts.semantic &&
      new SemanticIndex(
        facts.semantic,
        facts.starts,
        notes,
        inFolder(shards, table),
        inFolder(shards, vectors),
      ),
    loadStems: () => loadStems(published, facts, shards),
  };
}

function loadStems(
  published: PublishedIndex,
  { stemmers, rules }: IndexFacts,
  shards: ShardSource,
): Promise<Stems> {
  if (!published.stems) {
    published.stems = Stems.load(stemmers, shards, rules);
    // A failure may pass: the next search tries again.
    published.stems.catch(() => {
      published.stems = undefined;
    });
  }
  return published.stems;
}

/** The notes that come first: those whose name the question is, then nearly is, then that alone say its one word. */
async function pinnedNotes(
  { names, facts: { rules } }: Index,
  question: string,
  words: WordScores,
): Promise<Map<number, number>> {
  const most = Math.max(0, ...words.corrected.map(({ used }) => used.length));
  const variants = Array.from({ length: most }, (_, number) => {
    const best = words.corrected.map(
      ({ typed, used }) => [typed, used[Math.min(number, used.length - 1)]] as [string, string],
    );
    return replaceWords(question, new Map(best), rules);
  });
  const order = orderOfMatches(await names.find(question, variants, words));
  const last = new Set(order.values()).size;
  return new Map([...Array.from(words.pinned, (note) => [note, last] as [number, number]), ...order]);
}

/** Notes by words, and those that come first, as the time counts that a question speaks of. */
async function withTime(
  { facts: { months, rules, stopWords }, filters }: Index,
  question: string,
  terms: QueryTerm[],
  { notes }: WordScores,
  pinned: Map<number, number>,
): Promise<{ notes: Map<number, number>; pinned: Map<number, number> }> {
  if (!hasTime(question, months, rules)) return { notes, pinned };
  const newest = await filters.newestDay();
  const time = newest && timeOf(question, newest, months, rules);
  if (!time) return { notes, pinned };
  const dated = await filters.between(time.first, time.last);
  if (terms.every(({ words, token: { form } }) => words || time.words.has(form) || stopWords.has(form))) {
    const afterAll = Math.max(-1, ...pinned.values()) + 1;
    const inOrder = (await filters.newest()).filter((note) => dated.has(note));
    return {
      notes,
      pinned: new Map([
        ...inOrder.map((note, place) => [note, afterAll + place] as [number, number]),
        ...pinned,
      ]),
    };
  }
  const weighted = new Map<number, number>();
  for (const note of new Set([...notes.keys(), ...dated])) {
    const ofTime = rules.timeWeight * (dated.has(note) ? 1 : 0);
    weighted.set(note, (1 - rules.timeWeight) * (notes.get(note) ?? 0) + ofTime);
  }
  return { notes: weighted, pinned };
}

/** The question as its words were understood: misspelt ones put right, the last one completed. */
function understood(text: string, { corrected, completed }: WordScores, rules: Rules): string {
  const best = corrected.map(({ typed, used }) => [typed, used[0]] as [string, string]);
  return replaceWords(text, new Map([...best, ...completed]), rules);
}

/** How near a note must be that has no word of the question. */
function minCosineFor(words: WordScores, rules: Rules, foreignMinCosine: number): number {
  if (words.isForeign) return foreignMinCosine;
  return words.unknownShare > rules.maxUnknownShare ? rules.unknownMinCosine : rules.minCosine;
}

/** Whether a question without hits is told what is nearest: not one with operators, nor of words nobody knows. */
function mayBeFar(query: Query, words: WordScores, rules: Rules): boolean {
  const isUnderstood = words.unknownShare <= rules.maxUnknownShare && !words.isForeign;
  return isUnderstood && !isFiltered(query) && query.operands.length === 0;
}

/** The best passage of each of the best notes by words, counted through the garden. */
function bestByWords({ notes, passages }: WordScores, { rules, starts }: IndexFacts): Set<number> {
  const steps = (score: number) => scoreSteps(score, rules);
  const best = Array.from(notes.entries()).sort((a, b) => steps(b[1]) - steps(a[1]) || a[0] - b[0]);
  return new Set(
    best.slice(0, rules.maxWordClustersNotes).map(([note]) => {
      const held = Array.from(passages.get(note)?.entries() ?? []);
      const [first] = held.sort((a, b) => steps(b[1]) - steps(a[1]) || a[0] - b[0]);
      return (starts[note] as number) + (first?.[0] ?? 0);
    }),
  );
}

/** How close passages are to what the query means; undefined when that is nothing. */
async function passageScores(
  { semantic, facts }: Index,
  query: Query,
  words: WordScores,
  filtered: FilterResult | undefined,
): Promise<PassageScores | undefined> {
  if (!semantic || !query.text.trim()) return undefined;
  const { rules, starts, norms } = facts;
  let among: Set<number> | undefined;
  if (filtered && filtered.notes.size <= rules.maxScannedShare * norms.size) {
    among = new Set();
    for (const note of filtered.notes)
      for (let passage = starts[note] as number; passage < (starts[note + 1] as number); passage++)
        among.add(passage);
  }
  const text = understood(query.text, words, rules);
  return semantic.scores(query, text, among, bestByWords(words, facts), shareOf(words, rules));
}

/** How much of a large garden a question looks at, by how many words say something. */
function shareOf({ contentTerms }: WordScores, rules: Rules): number {
  const count = contentTerms.filter((term) => !term.words).length;
  if (count >= rules.minSeveralWords) return rules.severalWordsShare;
  return count === 1 ? rules.oneWordShare : 1;
}

/**
 * How well the model knows each note and the question: the lower of both; undefined for very well. Words that are summed
 * up as meanings are asked for by meaning alone, whatever it knows of them.
 */
async function noteLevels(
  { semantic, facts: { rules } }: Index,
  query: Query,
  words: WordScores,
): Promise<ReadonlyMap<number, number> | undefined> {
  if (!semantic || query.operands.length > 0) return undefined;
  return semantic.levels(understood(query.text, words, rules));
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
  stems: Stems,
  words: WordScores,
  scores: PassageScores | undefined,
  levels: ReadonlyMap<number, number> | undefined,
): Promise<Hit> {
  const { rules, starts } = index.facts;
  const weight = levelWeight(index.facts.weight, levels?.get(note) ?? rules.maxFamiliarity, rules);
  const start = starts[note] as number;
  const end = starts[note + 1] as number;
  const all = Array.from(Array(end - start).keys());
  const numbers = places.size > 0 ? all.filter((number) => places.has(number)) : all;
  const lexical = numbers.map((number) => words.passages.get(note)?.get(number) ?? 0);
  const cosines = numbers.map((number) => scores?.cosines.get(start + number));
  const best = numbers[bestPassage(lexical, cosines, weight, rules)] as number;
  const { text, ...place } = await index.texts.passage(start + best);
  const sections = sectionsSaid(
    await index.texts.sectionsBeside(start + best),
    place.heading,
    new Map(numbers.map((number, i) => [start + number, lexical[i] as number])),
  );
  // What says little is marked only where there is nothing better.
  const highlighted = cutSnippet(text, words.highlightTerms, stems, rules);
  const excerpt =
    highlighted.marks.length > 0 ? highlighted : cutSnippet(text, words.contentTerms, stems, rules);
  const named = [...words.contentTerms, ...words.highlightTerms];
  return {
    ...place,
    sections,
    titleMarks: marksOf(place.title, named, stems, rules),
    headingMarks: marksOf(place.heading, named, stems, rules),
    passage: text,
    excerpt: excerpt.text,
    marks: excerpt.marks,
    score,
    why,
  };
}

/** So many other headings of a note are listed. */
const MAX_SECTIONS = 2;
/** A heading is listed where the words weigh half as much as below the one where they weigh most. */
const MIN_SHARE_OF_BEST = 0.5;

/** Of the passages of a note, the headings below which what was asked for stands too, by their scores by words. */
function sectionsSaid(beside: Section[], shown: string, scores: Map<number, number>): Hit["sections"] {
  const least = Math.max(...scores.values()) * MIN_SHARE_OF_BEST;
  const headings = new Map<string, string>();
  for (const { number, anchor, heading } of beside) {
    const score = scores.get(number) ?? 0;
    if (score > 0 && score >= least && heading && heading !== shown) headings.set(heading, anchor);
  }
  return Array.from(headings, ([heading, anchor]) => ({ heading, anchor })).slice(0, MAX_SECTIONS);
}

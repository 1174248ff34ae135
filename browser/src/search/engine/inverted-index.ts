// The words of the garden, and how well notes match the words of a query; notegen/search/inverted_index.py is the same in
// Python and gives the reasons.

import { rangeOf } from "../../lib/binary-search.ts";
import type { ShardSource } from "../../lib/shards.ts";
import type { IndexFacts } from "./manifest.ts";
import { mark, rangeName } from "./marks.ts";
import type { Rules } from "./rules.ts";
import { Spelling } from "./spelling.ts";
import type { Stems } from "./stems.ts";
import { isNoSpaceScript, lengthOf, type QueryTerm, scriptNumber, type Token } from "./tokens.ts";
import { Reader } from "./varint.ts";

/** A form in a note: its count, weighted by fields, and the numbers of the note's passages that hold it. */
interface Posting {
  note: number;
  count: number;
  passages: number[];
}

/** How well notes match a query's words, 0 to 1, and for each note the idf of the words in each passage. */
export interface WordScores {
  notes: Map<number, number>;
  passages: Map<number, Map<number, number>>;
  /** The query's words that an excerpt should show. */
  highlightTerms: QueryTerm[];
  /** The query's words without stop words, unless it has no others. */
  contentTerms: QueryTerm[];
  /** Whether so many words say something that the query asks for one thing rather than names a subject. */
  isPrecise: boolean;
  /** The notes that must come first: the few that say the one word of the query just so. */
  pinned: Set<number>;
  /** The words that no note has, each with those that were looked for instead. */
  corrected: { typed: string; used: string[] }[];
  /** The beginning of a word that no note has, with the likeliest word that it begins. */
  completed: Map<string, string>;
  /** The forms of the query that notes have as words. */
  known: Set<string>;
  /** The forms of the query that notes have in this form or another. */
  inflected: Set<string>;
  /** The share of the query's words of which neither the garden nor the model has anything, 0 to 1. */
  unknownShare: number;
  /** Whether the query is in a language that the model knows and the notes are not written in. */
  isForeign: boolean;
}

/** A form of a stem, with its postings as they are written. */
interface Form {
  form: string;
  postings: string;
}

/** Forms that count as one: each with what an occurrence of it counts, and what a note gets for all of them. */
interface Match {
  forms: { form: string; postings: Posting[]; weight: number }[];
  weight: number;
}

/** What a word of the query matches: first its own forms, if the garden `has` any. */
interface TermMatches {
  term: QueryTerm;
  matches: Match[];
  has: boolean;
  /** What was looked for instead, where the garden has nothing of the word. */
  corrected: QueryTerm[];
  /** Whether the garden has just the form that was typed. */
  isKnown: boolean;
}

/** The word index of one site. */
export class InvertedIndex {
  private readonly spelling: Spelling;

  constructor(
    private readonly facts: IndexFacts,
    private readonly shards: ShardSource,
  ) {
    this.spelling = new Spelling(facts, shards);
  }

  /** Scores every note that holds one of the words; what `isWord` says of a word is no typing error. */
  async score(
    terms: QueryTerm[],
    stems: Stems,
    isWord: (token: Token) => Promise<boolean>,
  ): Promise<WordScores> {
    const { rules, stopWords } = this.facts;
    const isFound = new Map<QueryTerm, boolean>();
    for (const term of terms) if (term.words) isFound.set(term, (await this.ownForms(term, stems)).size > 0);
    const unfound = new Set(terms.flatMap((term) => (isFound.get(term) === false ? (term.words ?? []) : [])));
    const said = terms.filter(
      ({ token: { form }, words }) => words || lengthOf(form) > 1 || !unfound.has(form),
    );
    const says = said.filter(({ token, words }) => words || !stopWords.has(token.form));
    const content = says.some(({ words }) => !words) ? says : said;
    const isCommon = (word: QueryTerm) =>
      stems.stemsOf(word.token).some((stem) => this.facts.commonStems.has(stem));
    const better = content.filter((word) => !isCommon(word));
    const looked = await Promise.all(better.map((word) => this.lookUp(word, stems)));
    // What is found as it is written is no typing error, whatever its parts are.
    const written = new Set(looked.flatMap(({ term, has }) => (has ? (term.words ?? []) : [])));
    const isForeign = await this.isForeign(terms, stems, isWord);
    const isMisspelt = async ({ term, matches }: TermMatches) =>
      matches.length === 0 &&
      !term.words &&
      !written.has(term.token.form) &&
      !isForeign &&
      !(await isWord(term.token));
    const all = await Promise.all(
      looked.map(async (found) =>
        (await isMisspelt(found)) ? this.correctedMatch(found.term, stems) : found,
      ),
    );
    let found = all.filter((word) => word.matches.length > 0);
    const common = content.filter(isCommon);
    const matched = new Set(found.flatMap(({ term }) => [term.token.form, ...(term.words ?? [])]));
    const missing = better.filter(
      ({ token: { form }, words }) => !words && lengthOf(form) >= rules.minPrefixLength && !matched.has(form),
    );
    if (found.length === 0) found = await Promise.all(common.map((word) => this.lookUpOwn(word, stems)));
    const beside = found.length > 0 ? terms.filter((word) => !content.includes(word) && !isCommon(word)) : [];
    const stopWordMatches = await Promise.all(beside.map((word) => this.lookUpOwn(word, stems)));
    const unknown = await Promise.all(
      missing.map(async ({ token }) => this.isOfOtherScript(token) || (await isWord(token))),
    );
    const plain = content.filter(({ words }) => !words);
    const scored = scoreWords(found, stopWordMatches, missing.length, this.facts);
    return {
      ...scored,
      completed: isForeign ? new Map() : scored.completed,
      isForeign,
      contentTerms: content,
      isPrecise: plain.length >= this.facts.rules.minPreciseWords,
      pinned: await this.pinned(plain.length > 0 ? plain : content, stems),
      known: new Set([
        ...looked.filter(({ isKnown }) => isKnown).map(({ term }) => term.token.form),
        ...common.map(({ token }) => token.form),
      ]),
      inflected: new Set(found.filter(({ has }) => has).map(({ term }) => term.token.form)),
      unknownShare:
        unknown.filter((isKnown) => !isKnown).length /
        Math.max(1, terms.filter(({ words }) => !words).length),
    };
  }

  /** Whether more words of a query are words of other languages than are words here. */
  private async isForeign(
    terms: QueryTerm[],
    stems: Stems,
    isWord: (token: Token) => Promise<boolean>,
  ): Promise<boolean> {
    const { commonStems, scripts, stopWords } = this.facts;
    if (!scripts) return false;
    const words = terms.filter(({ words, token }) => !words && /\p{L}/u.test(token.form));
    const places = await Promise.all(
      words.map(async (word) => {
        const isHere =
          stopWords.has(word.token.form) ||
          stems.stemsOf(word.token).some((stem) => commonStems.has(stem)) ||
          (await this.ownForms(word, stems)).size > 0;
        return isHere ? -1 : Number(this.isOfOtherScript(word.token) || (await isWord(word.token)));
      }),
    );
    return places.reduce((sum, place) => sum + place, 0) > 0;
  }

  /** Whether a word is in a script of no note, so that it is one of a language that a model of many may know. */
  private isOfOtherScript({ form }: Token): boolean {
    const { scripts } = this.facts;
    return scripts !== undefined && !scripts.has(scriptNumber(form));
  }

  private async pinned(terms: QueryTerm[], stems: Stems): Promise<Set<number>> {
    const [word, ...others] = terms;
    if (!word || others.length > 0) return new Set();
    const postings = (await this.ownForms(word, stems)).get(word.token.form) ?? [];
    return new Set(postings.length <= this.facts.rules.maxPinned ? postings.map(({ note }) => note) : []);
  }

  /** The word's own forms and its completions. */
  private async lookUp(term: QueryTerm, stems: Stems): Promise<TermMatches> {
    const own = await this.ownForms(term, stems);
    const found = ownMatch(term, own, this.facts.rules);
    if (term.prefix) found.matches.push(...(await this.complete(term.prefix, own)));
    return found;
  }

  /** What a misspelt word may mean. */
  private async correctedMatch(term: QueryTerm, stems: Stems): Promise<TermMatches> {
    const meant = await this.spelling.corrections(term.token.form);
    const corrected = meant.map((form) => ({ token: { form, lower: form }, prefix: "" }));
    const found = await Promise.all(corrected.map((word) => this.lookUpOwn(word, stems)));
    const matches = found.flatMap((word) =>
      word.matches.map((match) => ({ ...match, weight: this.facts.rules.correctionWeight })),
    );
    return { term, matches, has: false, corrected, isKnown: false };
  }

  private async lookUpOwn(term: QueryTerm, stems: Stems): Promise<TermMatches> {
    return ownMatch(term, await this.ownForms(term, stems), this.facts.rules);
  }

  /** The postings of the word's own forms, by form. */
  async ownForms({ token }: QueryTerm, stems: Stems): Promise<Map<string, Posting[]>> {
    const formsByStem = await Promise.all(stems.stemsOf(token).map((stem) => this.formsOf(stem)));
    return new Map(formsByStem.flat().map(({ form, postings }) => [form, this.read(postings)]));
  }

  /** The postings of the notes that the manifest knows: a later build may have others. */
  private read(postings: string): Posting[] {
    return readPostings(postings).filter(({ note }) => this.facts.norms.has(note));
  }

  /** The first forms that begin with what has been typed, one match each, but for the word's own. */
  private async complete(prefix: string, own: Map<string, Posting[]>): Promise<Match[]> {
    const { maxCompletions, completionWeight } = this.facts.rules;
    const typed = lengthOf(prefix);
    const begun = new Map<string, Match>();
    for await (const forms of this.formsOfPrefix(prefix, own)) {
      for (const { form, postings } of forms) {
        if (!form.startsWith(prefix) || own.has(form) || begun.size === maxCompletions) continue;
        const weight = isNoSpaceScript(form) ? 1 : (completionWeight * typed) / lengthOf(form);
        begun.set(form, { forms: [{ form, postings: this.read(postings), weight: 1 }], weight });
      }
      if (begun.size === maxCompletions) break;
    }
    return Array.from(begun.values());
  }

  /** The forms, stem by stem, that may begin with the prefix: of the longest shorter stem with such a form, then of all longer. */
  private async *formsOfPrefix(prefix: string, own: Map<string, Posting[]>): AsyncGenerator<Form[], void> {
    if (!own.has(prefix)) {
      const characters = Array.from(prefix);
      const { minStemLength, maxEndingLength } = this.facts.rules;
      const shortest = Math.max(minStemLength, characters.length - maxEndingLength);
      for (let end = characters.length - 1; end >= shortest; end--) {
        const stem = characters.slice(0, end).join("");
        const forms = this.facts.commonStems.has(stem) ? [] : await this.formsOf(stem);
        if (!forms.some(({ form }) => form.startsWith(prefix))) continue;
        yield forms;
        break;
      }
    }
    for (
      let number = Math.max(0, rangeOf(this.facts.firstStems, prefix));
      number < this.facts.firstStems.length;
      number++
    ) {
      for (const [stem, line] of await this.lines(rangeName("w", this.facts.firstStems, number))) {
        if (stem.startsWith(prefix)) yield readForms(stem, line);
        else if (stem > prefix) return;
      }
    }
  }

  /** The forms of a stem; none where the garden has no such stem. */
  private async formsOf(stem: string): Promise<Form[]> {
    const { commonStems, firstStems } = this.facts;
    const number = rangeOf(firstStems, stem);
    const isCommon = commonStems.has(stem);
    if (number < 0 && !isCommon) return [];
    const lines = await this.lines(isCommon ? `c-${mark(stem)}` : rangeName("w", firstStems, number));
    const line = lines.get(stem);
    return line === undefined ? [] : readForms(stem, line);
  }

  /** What a shard says of each of its stems. */
  private async lines(name: string): Promise<Map<string, string>> {
    const text = await this.shards.load<string>(name);
    const lines = new Map<string, string>();
    for (const line of text.split("\n")) {
      const space = line.indexOf(" ");
      lines.set(line.slice(0, space), line.slice(space + 1));
    }
    return lines;
  }
}

/** The forms that notegen/search/shards/postings.py wrote behind the stem. */
export function readForms(stem: string, line: string): Form[] {
  const parts = line.split(" ");
  const forms: Form[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const ending = parts[i] as string;
    const rest = ending.replace(/^-+/, "");
    const kept = stem.slice(0, stem.length - (ending.length - rest.length));
    forms.push({
      form: ending.startsWith("=") ? ending.slice(1) : kept + rest,
      postings: parts[i + 1] as string,
    });
  }
  return forms;
}

function ownMatch(term: QueryTerm, own: Map<string, Posting[]>, rules: Rules): TermMatches {
  const forms = Array.from(own, ([form, postings]) => ({
    form,
    postings,
    weight: form === term.token.form ? 1 : rules.inflectionWeight,
  }));
  const matches = forms.length > 0 ? [{ forms, weight: 1 }] : [];
  return { term, matches, has: forms.length > 0, corrected: [], isKnown: own.has(term.token.form) };
}

/** The completion that most notes have; ties to the shorter, then to the first. */
function likeliest({ matches }: TermMatches): string {
  const forms = matches.flatMap((match) => match.forms);
  const [best] = forms.sort(
    (a, b) => b.postings.length - a.postings.length || lengthOf(a.form) - lengthOf(b.form),
  );
  return best?.form ?? "";
}

/** The postings that notegen/search/inverted_index.py wrote. */
function readPostings(text: string): Posting[] {
  const reader = new Reader(text);
  const postings: Posting[] = [];
  let note = -1;
  while (!reader.done) {
    note += reader.number() + 1;
    const count = reader.number();
    const passages: number[] = [];
    let passage = -1;
    for (let more = 1; more; ) {
      const step = reader.number();
      more = step & 1;
      passage += (step >> 1) + 1;
      passages.push(passage);
    }
    postings.push({ note, count, passages });
  }
  return postings;
}

/** How many of the query's words are `missing` counts against the notes that have the others; stop words bring no note. */
function scoreWords(
  words: TermMatches[],
  stopWords: TermMatches[],
  missing: number,
  { norms, rules }: IndexFacts,
): Pick<WordScores, "notes" | "passages" | "highlightTerms" | "corrected" | "completed"> {
  const notes = new Map<number, number>();
  const passages = new Map<number, Map<number, number>>();
  const idfs: number[] = [];
  for (const word of words) {
    const { best, where, holding } = bestMatches(word, norms);
    const idf = inverseFrequency(norms.size, holding);
    idfs.push(idf);
    for (const [note, value] of best) add(notes, note, idf * value);
    for (const [note, places] of where) {
      const sums = inner(passages, note);
      for (const [passage, value] of places) add(sums, passage, idf * value);
    }
  }
  for (const word of stopWords) {
    const { best, where, holding } = bestMatches(word, norms);
    const idf = Math.min(rules.maxStopWordIdf, inverseFrequency(norms.size, holding));
    for (const [note, value] of best) if (notes.has(note)) add(notes, note, idf * value);
    for (const [note, places] of where) {
      const sums = passages.get(note);
      for (const [passage, value] of places) if (sums?.has(passage)) add(sums, passage, idf * value);
    }
  }
  let most = 0;
  for (const score of notes.values()) most = Math.max(most, score);
  const least = rules.highlightIdfShare * Math.max(0, ...idfs);
  const found = idfs.reduce((sum, idf) => sum + idf, 0);
  const coverage = found ? found / (found + missing * inverseFrequency(norms.size, 0)) : 1;
  return {
    notes: new Map(Array.from(notes, ([note, score]) => [note, (score / most) * coverage])),
    passages,
    highlightTerms: words
      .filter((_, i) => (idfs[i] as number) >= least)
      .flatMap(({ corrected, term }) => (corrected.length > 0 ? corrected : [term])),
    corrected: words
      .filter(({ corrected }) => corrected.length > 0)
      .map(({ term, corrected }) => ({
        typed: term.token.form,
        used: corrected.map(({ token }) => token.form),
      })),
    completed: new Map(
      words
        .filter(({ has, corrected, term }) => !has && corrected.length === 0 && !isNoSpaceScript(term.prefix))
        .map((word) => [word.term.token.form, likeliest(word)]),
    ),
  };
}

/** For each note and passage the most that a match of a word gives, and how many notes are `holding` the word. */
function bestMatches(
  word: TermMatches,
  norms: ReadonlyMap<number, number>,
): { best: Map<number, number>; where: Map<number, Map<number, number>>; holding: number } {
  const best = new Map<number, number>();
  const where = new Map<number, Map<number, number>>();
  const counts: number[] = [];
  for (const match of word.matches) {
    const { shares, places } = shareOf(match, norms);
    counts.push(shares.size);
    for (const [note, share] of shares) raise(best, note, share * match.weight);
    for (const [note, weights] of places) {
      const sums = inner(where, note);
      for (const [passage, weight] of weights) raise(sums, passage, weight * match.weight);
    }
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  return { best, where, holding: word.has ? (counts[0] as number) : Math.min(norms.size, all) };
}

/** For each note BM25's share of all forms together, for each passage the most that a form in it counts. */
function shareOf(
  match: Match,
  norms: ReadonlyMap<number, number>,
): { shares: Map<number, number>; places: Map<number, Map<number, number>> } {
  const odds = new Map<number, number>();
  const places = new Map<number, Map<number, number>>();
  for (const { postings, weight } of match.forms) {
    for (const { note, count, passages } of postings) {
      add(odds, note, weight * (count / (norms.get(note) as number)));
      const held = inner(places, note);
      for (const passage of passages) raise(held, passage, weight);
    }
  }
  return { shares: new Map(Array.from(odds, ([note, ratio]) => [note, ratio / (1 + ratio)])), places };
}

/** BM25's idf, never negative. */
function inverseFrequency(notes: number, holding: number): number {
  return Math.log(1 + (notes - holding + 0.5) / (holding + 0.5));
}

function raise(values: Map<number, number>, key: number, value: number): void {
  const before = values.get(key);
  if (before === undefined || value > before) values.set(key, value);
}

function add(values: Map<number, number>, key: number, value: number): void {
  values.set(key, (values.get(key) ?? 0) + value);
}

function inner(values: Map<number, Map<number, number>>, key: number): Map<number, number> {
  let found = values.get(key);
  if (!found) {
    found = new Map();
    values.set(key, found);
  }
  return found;
}

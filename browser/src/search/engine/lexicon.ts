// The words of the garden, and how well notes match the words of a query; notegen/search/inverted_index.py is the same in
// Python and gives the reasons.

import { rangeOf, split } from "../../lib/ranges.ts";
import type { Costs, ShardSource } from "../../lib/shards.ts";
import { Reader } from "./digits.ts";
import type { Manifest } from "./manifest.ts";
import { Spelling } from "./spelling.ts";
import type { Stems } from "./stems.ts";
import { isNoSpaceScript, lengthOf, type QueryTerm } from "./tokens.ts";

const TOP_WEIGHT = 63;
const SIBLING_FACTOR = 0.6;
const MOST_SURE = 3;
const TYPO_FACTOR = 0.5;
const MOST_COMPLETIONS = 50;
const LONGEST_ENDING = 6;
const SHORTEST_STEM = 3;
const PREFIX_FACTOR = 0.5;
const TELLING_SHARE = 1 / 3;

/** A form in a note: its weight, and the numbers of the note's passages that hold it. */
export interface Posting {
  note: number;
  weight: number;
  passages: number[];
}

/** How well notes match a query's words, 0 to 1, and for each note the idf of the words in each passage. */
export interface WordScores {
  notes: Map<number, number>;
  passages: Map<number, Map<number, number>>;
  /** The query's words that an excerpt should show. */
  telling: QueryTerm[];
  /** The notes that must come first: the few that say the one word of the query just so. */
  sure: Set<number>;
  /** The words that no note has, each with those that were looked for instead. */
  corrected: { typed: string; used: string[] }[];
}

/** A form of a family, with its postings as they are written. */
interface Form {
  form: string;
  postings: string;
}

/** Forms that count as one: each with what an occurrence of it counts, and what a note gets for all of them. */
interface Match {
  forms: { postings: Posting[]; factor: number }[];
  factor: number;
}

/** What a word of the query matches: first its own forms, if the garden `has` any. */
interface Found {
  wanted: QueryTerm;
  matches: Match[];
  has: boolean;
  /** What was looked for instead, where the garden has nothing of the word. */
  corrected: QueryTerm[];
}

/** The word index of one site. */
export class Lexicon {
  private readonly firsts: string[];
  private readonly common: Set<string>;
  private readonly commonKeys: string[];
  private readonly spelling: Spelling;

  constructor(
    manifest: Manifest,
    private readonly noteCount: number,
    private readonly shards: ShardSource,
  ) {
    this.firsts = split(manifest.words);
    this.commonKeys = split(manifest.common);
    this.common = new Set(this.commonKeys);
    this.spelling = new Spelling(manifest, shards);
  }

  /** Scores every note that holds one of the words; what `isWord` says of a word is no typing error. */
  async score(
    wanted: QueryTerm[],
    stems: Stems,
    isWord: (form: string) => Promise<boolean>,
    costs: Costs,
  ): Promise<WordScores> {
    const isCommon = (word: QueryTerm) => stems.stemsOf(word.token).some((key) => this.common.has(key));
    const better = wanted.filter((word) => !isCommon(word));
    const lookUp = async (word: QueryTerm) => {
      const found = await this.lookUp(word, stems, costs);
      if (found.matches.length > 0 || (await isWord(word.token.form))) return found;
      return this.lookUpInstead(word, stems, costs);
    };
    let found = await Promise.all(better.map(lookUp));
    found = found.filter((word) => word.matches.length > 0);
    if (found.length === 0) {
      found = await Promise.all(wanted.filter(isCommon).map((word) => this.lookUpOwn(word, stems, costs)));
    }
    return { ...scoreWords(found, this.noteCount), sure: await this.sure(wanted, stems, costs) };
  }

  private async sure(wanted: QueryTerm[], stems: Stems, costs: Costs): Promise<Set<number>> {
    const [word, ...others] = wanted;
    if (!word || others.length > 0) return new Set();
    const postings = (await this.ownForms(word, stems, costs)).get(word.token.form) ?? [];
    return new Set(postings.length <= MOST_SURE ? postings.map(({ note }) => note) : []);
  }

  /** The word's own forms and its completions. */
  private async lookUp(wanted: QueryTerm, stems: Stems, costs: Costs): Promise<Found> {
    const own = await this.ownForms(wanted, stems, costs);
    const found = foundOwn(wanted, own);
    if (wanted.prefix) found.matches.push(...(await this.complete(wanted.prefix, own, costs)));
    return found;
  }

  /** What a misspelt word may mean. */
  private async lookUpInstead(wanted: QueryTerm, stems: Stems, costs: Costs): Promise<Found> {
    const meant = await this.spelling.corrections(wanted.token.form, costs);
    const corrected = meant.map((form) => ({ token: { form, lower: form }, prefix: "" }));
    const found = await Promise.all(corrected.map((word) => this.lookUpOwn(word, stems, costs)));
    const matches = found.flatMap((word) => word.matches.map((match) => ({ ...match, factor: TYPO_FACTOR })));
    return { wanted, matches, has: false, corrected };
  }

  private async lookUpOwn(wanted: QueryTerm, stems: Stems, costs: Costs): Promise<Found> {
    return foundOwn(wanted, await this.ownForms(wanted, stems, costs));
  }

  /** The postings of the word's own forms, by form. */
  async ownForms({ token }: QueryTerm, stems: Stems, costs: Costs): Promise<Map<string, Posting[]>> {
    const families = await Promise.all(stems.stemsOf(token).map((key) => this.family(key, costs)));
    return new Map(families.flat().map(({ form, postings }) => [form, readPostings(postings)]));
  }

  /** The first forms that begin with what has been typed, one match each, but for the word's own. */
  private async complete(prefix: string, own: Map<string, Posting[]>, costs: Costs): Promise<Match[]> {
    const typed = lengthOf(prefix);
    const begun = new Map<string, Match>();
    for await (const family of this.familiesOf(prefix, own, costs)) {
      for (const { form, postings } of family) {
        if (!form.startsWith(prefix) || own.has(form) || begun.size === MOST_COMPLETIONS) continue;
        const factor = isNoSpaceScript(form) ? 1 : (PREFIX_FACTOR * typed) / lengthOf(form);
        begun.set(form, { forms: [{ postings: readPostings(postings), factor: 1 }], factor });
      }
      if (begun.size === MOST_COMPLETIONS) break;
    }
    return Array.from(begun.values());
  }

  /** The families whose forms may begin with the prefix: of the longest shorter key that has such a form, then of all longer. */
  private async *familiesOf(
    prefix: string,
    own: Map<string, Posting[]>,
    costs: Costs,
  ): AsyncGenerator<Form[], void> {
    if (!own.has(prefix)) {
      const characters = Array.from(prefix);
      const shortest = Math.max(SHORTEST_STEM, characters.length - LONGEST_ENDING);
      for (let end = characters.length - 1; end >= shortest; end--) {
        const key = characters.slice(0, end).join("");
        const family = this.common.has(key) ? [] : await this.family(key, costs);
        if (!family.some(({ form }) => form.startsWith(prefix))) continue;
        yield family;
        break;
      }
    }
    for (let number = Math.max(0, rangeOf(this.firsts, prefix)); number < this.firsts.length; number++) {
      for (const [key, line] of await this.lines(`w${number}`, costs)) {
        if (key.startsWith(prefix)) yield readFamily(key, line);
        else if (key > prefix) return;
      }
    }
  }

  /** The forms of a key; none where the garden has no such key. */
  private async family(key: string, costs: Costs): Promise<Form[]> {
    const number = this.common.has(key) ? this.commonKeys.indexOf(key) : rangeOf(this.firsts, key);
    if (number < 0) return [];
    const lines = await this.lines(`${this.common.has(key) ? "c" : "w"}${number}`, costs);
    const line = lines.get(key);
    return line === undefined ? [] : readFamily(key, line);
  }

  /** What a shard says of each of its keys. */
  private async lines(name: string, costs: Costs): Promise<Map<string, string>> {
    const text = await this.shards.load<string>(name, costs);
    const lines = new Map<string, string>();
    for (const line of text.split("\n")) {
      const space = line.indexOf(" ");
      lines.set(line.slice(0, space), line.slice(space + 1));
    }
    return lines;
  }
}

/** The forms that notegen/search/shards/postings.py wrote behind the key. */
export function readFamily(key: string, line: string): Form[] {
  const parts = line.split(" ");
  const forms: Form[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const ending = parts[i] as string;
    const rest = ending.replace(/^-+/, "");
    const kept = key.slice(0, key.length - (ending.length - rest.length));
    forms.push({
      form: ending.startsWith("=") ? ending.slice(1) : kept + rest,
      postings: parts[i + 1] as string,
    });
  }
  return forms;
}

function foundOwn(wanted: QueryTerm, own: Map<string, Posting[]>): Found {
  const forms = Array.from(own, ([form, postings]) => ({
    postings,
    factor: form === wanted.token.form ? 1 : SIBLING_FACTOR,
  }));
  const matches = forms.length > 0 ? [{ forms, factor: 1 }] : [];
  return { wanted, matches, has: forms.length > 0, corrected: [] };
}

/** The postings that notegen/search/inverted_index.py wrote. */
export function readPostings(text: string): Posting[] {
  const reader = new Reader(text);
  const postings: Posting[] = [];
  let note = -1;
  while (!reader.done) {
    note += reader.number() + 1;
    const weight = reader.digit();
    const passages: number[] = [];
    let passage = -1;
    for (let more = 1; more; ) {
      const step = reader.number();
      more = step & 1;
      passage += (step >> 1) + 1;
      passages.push(passage);
    }
    postings.push({ note, weight, passages });
  }
  return postings;
}

function scoreWords(words: Found[], noteCount: number): Omit<WordScores, "sure"> {
  const notes = new Map<number, number>();
  const passages = new Map<number, Map<number, number>>();
  const idfs: number[] = [];
  for (const word of words) {
    const best = new Map<number, number>();
    const where = new Map<number, Map<number, number>>();
    const counts: number[] = [];
    for (const match of word.matches) {
      const { shares, places } = shareOf(match);
      counts.push(shares.size);
      for (const [note, share] of shares) raise(best, note, share * match.factor);
      for (const [note, factors] of places) {
        const sums = inner(where, note);
        for (const [passage, factor] of factors) raise(sums, passage, factor * match.factor);
      }
    }
    const holding = word.has
      ? (counts[0] as number)
      : Math.min(
          noteCount,
          counts.reduce((sum, count) => sum + count, 0),
        );
    const idf = inverseFrequency(noteCount, holding);
    idfs.push(idf);
    for (const [note, value] of best) add(notes, note, idf * value);
    for (const [note, places] of where) {
      const sums = inner(passages, note);
      for (const [passage, value] of places) add(sums, passage, idf * value);
    }
  }
  let most = 0;
  for (const score of notes.values()) most = Math.max(most, score);
  const least = TELLING_SHARE * Math.max(0, ...idfs);
  return {
    notes: new Map(Array.from(notes, ([note, score]) => [note, score / most])),
    passages,
    telling: words
      .filter((_, i) => (idfs[i] as number) >= least)
      .flatMap(({ corrected, wanted }) => (corrected.length > 0 ? corrected : [wanted])),
    corrected: words
      .filter(({ corrected }) => corrected.length > 0)
      .map(({ wanted, corrected }) => ({
        typed: wanted.token.form,
        used: corrected.map(({ token }) => token.form),
      })),
  };
}

/** For each note BM25's share of all forms together, for each passage the most that a form in it counts. */
function shareOf(match: Match): { shares: Map<number, number>; places: Map<number, Map<number, number>> } {
  const odds = new Map<number, number>();
  const places = new Map<number, Map<number, number>>();
  for (const { postings, factor } of match.forms) {
    for (const { note, weight, passages } of postings) {
      add(odds, note, factor * (weight / (TOP_WEIGHT + 1 - weight)));
      const held = inner(places, note);
      for (const passage of passages) raise(held, passage, factor);
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

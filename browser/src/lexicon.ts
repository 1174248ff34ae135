// The words of the garden, and how well notes match the words of a query; notegen/ranking/lexicon.py is the same in
// Python and gives the reasons.

import { Reader } from "./digits.ts";
import type { Manifest } from "./manifest.ts";
import { rangeOf } from "./ranges.ts";
import type { Costs, ShardSource } from "./shards.ts";
import { isUnspaced, lengthOf, type Wanted } from "./words.ts";

const TOP_WEIGHT = 63;
const MOST_COMPLETIONS = 50;
const PREFIX_FACTOR = 0.5;

/** A term in a note: its weight, and the numbers of the note's passages that hold it. */
export interface Posting {
  note: number;
  weight: number;
  passages: number[];
}

/** How well notes match a query's words, 0 to 1, and for each note the idf of the words in each passage. */
export interface WordScores {
  notes: Map<number, number>;
  passages: Map<number, Map<number, number>>;
}

interface Match {
  postings: Posting[];
  factor: number;
}

interface Word {
  wanted: Wanted;
  /** Whether the garden has the term itself: the first of `matches` then. */
  exact: boolean;
  matches: Match[];
}

/** The word index of one site. */
export class Lexicon {
  private readonly firsts: string[];
  private readonly common: string[];

  constructor(
    manifest: Manifest,
    private readonly noteCount: number,
    private readonly shards: ShardSource,
  ) {
    this.firsts = split(manifest.words);
    this.common = split(manifest.common);
  }

  /** Scores every note that holds one of the words. */
  async score(wanted: Wanted[], costs: Costs): Promise<WordScores> {
    const words = await Promise.all(wanted.map((word) => this.lookUp(word, costs)));
    const known = words.filter((word) => word.matches.length > 0);
    if (known.length === 0) {
      const common = wanted.filter((word) => this.common.includes(word.term));
      return scoreWords(
        await Promise.all(common.map((word) => this.lookUpCommon(word, costs))),
        this.noteCount,
      );
    }
    return scoreWords(known, this.noteCount);
  }

  private async lookUp(wanted: Wanted, costs: Costs): Promise<Word> {
    const matches: Match[] = [];
    if (this.common.includes(wanted.term)) return { wanted, exact: false, matches };
    const exact = (await this.shardOf(wanted.term, costs))?.get(wanted.term);
    if (exact !== undefined) matches.push({ postings: readPostings(exact), factor: 1 });
    if (wanted.prefix) matches.push(...(await this.complete(wanted, costs)));
    return { wanted, exact: exact !== undefined, matches };
  }

  private async lookUpCommon(wanted: Wanted, costs: Costs): Promise<Word> {
    const line = await this.shards.load<string>(`c${this.common.indexOf(wanted.term)}`, costs);
    return {
      wanted,
      exact: true,
      matches: [{ postings: readPostings(line.slice(line.indexOf(" ") + 1)), factor: 1 }],
    };
  }

  /** The first terms, in order, that begin with the prefix, over as many shards as they take. */
  private async complete({ term, prefix }: Wanted, costs: Costs): Promise<Match[]> {
    const matches: Match[] = [];
    const typed = lengthOf(prefix);
    let seen = 0;
    for (let number = Math.max(0, rangeOf(this.firsts, prefix)); number < this.firsts.length; number++) {
      for (const [other, line] of await this.shard(number, costs)) {
        if (other < prefix) continue;
        if (!other.startsWith(prefix) || seen === MOST_COMPLETIONS) return matches;
        seen += 1;
        if (other === term) continue;
        matches.push({
          postings: readPostings(line),
          factor: isUnspaced(other) ? 1 : (PREFIX_FACTOR * typed) / lengthOf(other),
        });
      }
    }
    return matches;
  }

  private async shardOf(term: string, costs: Costs): Promise<Map<string, string> | undefined> {
    const number = rangeOf(this.firsts, term);
    return number < 0 ? undefined : this.shard(number, costs);
  }

  private async shard(number: number, costs: Costs): Promise<Map<string, string>> {
    const text = await this.shards.load<string>(`w${number}`, costs);
    const lines = new Map<string, string>();
    for (const line of text.split("\n")) {
      const space = line.indexOf(" ");
      lines.set(line.slice(0, space), line.slice(space + 1));
    }
    return lines;
  }
}

/** The postings that notegen/ranking/lexicon.py wrote. */
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

function scoreWords(words: Word[], noteCount: number): WordScores {
  const notes = new Map<number, number>();
  const passages = new Map<number, Map<number, number>>();
  for (const word of words) {
    const idf = inverseFrequency(noteCount, frequencyOf(word, noteCount));
    const best = new Map<number, number>();
    const where = new Map<number, Map<number, number>>();
    for (const { postings, factor } of word.matches) {
      for (const posting of postings) {
        raise(best, posting.note, (posting.weight / TOP_WEIGHT) * factor);
        const places = inner(where, posting.note);
        for (const passage of posting.passages) raise(places, passage, factor);
      }
    }
    for (const [note, value] of best) add(notes, note, idf * value);
    for (const [note, places] of where) {
      const sums = inner(passages, note);
      for (const [passage, value] of places) add(sums, passage, idf * value);
    }
  }
  let most = 0;
  for (const score of notes.values()) most = Math.max(most, score);
  return { notes: new Map(Array.from(notes, ([note, score]) => [note, score / most])), passages };
}

/** BM25's idf, never negative. */
function inverseFrequency(notes: number, holding: number): number {
  return Math.log(1 + (notes - holding + 0.5) / (holding + 0.5));
}

function frequencyOf(word: Word, noteCount: number): number {
  const counts = word.matches.map((match) => match.postings.length);
  return word.exact
    ? (counts[0] as number)
    : Math.min(
        noteCount,
        counts.reduce((sum, count) => sum + count, 0),
      );
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

function split(text: string): string[] {
  return text ? text.split(" ") : [];
}

// What a page knows of its index before it asks for anything else; notegen/search/shards/manifest.py writes it.

import { type Familiarity, readFamiliarity } from "./familiarity.ts";
import { Quantizer, type QuantizerFacts } from "./quantizer.ts";
import type { Rules } from "./rules.ts";
import { digitAt, readNumbers } from "./varint.ts";

/** The passages' codes and the query table as they are written; notegen/search/shards says what each is. */
interface MeaningFacts {
  rows: QuantizerFacts;
  centres: QuantizerFacts;
  passages: QuantizerFacts;
  budget: number;
  clusters: number;
  far: number;
  near: number;
  firsts: Record<string, string>;
  common: string;
  familiarity: { share: number; levels: string } | null;
}

/** The manifest as it is written. */
export interface Manifest {
  format: number;
  folders: Folders;
  counts: string;
  lengths: string;
  words: string;
  common: string;
  stemmers: string;
  stopWords: string;
  names: string;
  namesBackward: string;
  nameEnd: number;
  forward: string;
  backward: string;
  texts: string;
  weight: number;
  rules: Rules;
  meaning: MeaningFacts | null;
  months?: string[];
  scripts?: string;
  foreignMinCosine?: number;
}

/** The format that this script reads. */
export const FORMAT = 9;

/** Where the pieces lie that are understood by the same; notegen/search/shards/folders.py names them. */
interface Folders {
  notes: string;
  table?: string;
  vectors?: string;
}

/** Scripts, as `scriptNumber` has them. */
type Scripts = ReadonlySet<number>;

/** What the manifest says, read once for all searches of a page. */
export interface IndexFacts {
  folders: Folders;
  rules: Rules;
  /** How much meaning counts beside words, 0 to 1. */
  weight: number;
  stemmers: string[];
  /** Where the passages of each number's note begin, and the last one's end; a number without a note has none. */
  starts: number[];
  /** What BM25 puts beside the count of a word in each note; what has none is no note that this manifest knows. */
  norms: ReadonlyMap<number, number>;
  /** What each shard of words begins with. */
  firstStems: string[];
  /** Very common stems, each of which has a shard for itself. */
  commonStems: ReadonlySet<string>;
  /** Forms that say nothing beside others. */
  stopWords: ReadonlySet<string>;
  /** Names of months in the notes' languages, beside those that every page knows, each with its number from 0. */
  months: ReadonlyMap<string, number>;
  names: NameFacts;
  /** The first word of each shard of words that may be meant: from their beginnings, and from their ends. */
  forward: string[];
  backward: string[];
  /** The first passage of each shard of texts. */
  firstPassages: number[];
  /** Undefined where the site is searched by words only. */
  semantic: SemanticFacts | undefined;
  /** The scripts of the notes' words; undefined unless the model knows many languages. */
  scripts: Scripts | undefined;
  /** Cosine below which a note that shares no word with a question in another language is not shown. */
  foreignMinCosine: number;
}

/** Where names are: what each shard begins with, and how many characters at one end must be right. */
interface NameFacts {
  forward: string[];
  backward: string[];
  minEnd: number;
}

/** What is known of passages and questions as vectors. */
export interface SemanticFacts {
  rules: Rules;
  rows: Quantizer;
  centroids: Quantizer;
  passages: Quantizer;
  /** Passages that a query looks at, at least. */
  probeBudget: number;
  clusters: number;
  /** Notes of a shard that says in which clusters their passages are: for many notes, and for a few. */
  farNotes: number;
  nearNotes: number;
  /** By letter, what each of the query table's shards begins with. */
  firstTokens: ReadonlyMap<string, string[]>;
  commonTokens: ReadonlySet<string>;
  /** How well the model knows the notes; undefined for very well. */
  familiarity: Familiarity | undefined;
  /** As in `IndexFacts`. */
  scripts: Scripts | undefined;
}

/** Reads the manifest. */
export function readManifest(manifest: Manifest): IndexFacts {
  const { folders, rules, weight, meaning } = manifest;
  const counts = readNumbers(manifest.counts);
  const notes = Array.from(counts.keys()).filter((number) => counts[number]);
  const scripts = manifest.scripts === undefined ? undefined : new Set(readNumbers(manifest.scripts));
  return {
    folders,
    rules,
    weight,
    stemmers: split(manifest.stemmers),
    starts: sums(counts),
    norms: normsOf(notes, manifest.lengths, rules),
    firstStems: readSorted(manifest.words),
    commonStems: new Set(split(manifest.common)),
    stopWords: new Set(split(manifest.stopWords)),
    months: numbered(manifest.months ?? []),
    names: {
      forward: readSorted(manifest.names),
      backward: readSorted(manifest.namesBackward),
      minEnd: manifest.nameEnd,
    },
    forward: split(manifest.forward),
    backward: split(manifest.backward),
    firstPassages: sums(readNumbers(manifest.texts)),
    semantic: meaning ? readMeaning(meaning, notes, scripts, rules) : undefined,
    scripts,
    foreignMinCosine: manifest.foreignMinCosine ?? rules.minCosine,
  };
}

function readMeaning(
  { rows, centres, passages, budget, clusters, far, near, firsts, common, familiarity }: MeaningFacts,
  notes: number[],
  scripts: Scripts | undefined,
  rules: Rules,
): SemanticFacts {
  return {
    rules,
    rows: new Quantizer(rows, rules),
    centroids: new Quantizer(centres, rules),
    passages: new Quantizer(passages, rules),
    probeBudget: budget,
    clusters,
    farNotes: far,
    nearNotes: near,
    firstTokens: new Map(Object.entries(firsts).map(([letter, tokens]) => [letter, readSorted(tokens)])),
    commonTokens: new Set(split(common)),
    familiarity: familiarity ? readFamiliarity(familiarity, notes) : undefined,
    scripts,
  };
}

/** By each word its place in the list, the first where it is in several. */
export function numbered(lists: string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const [place, words] of lists.entries())
    for (const word of split(words)) if (!found.has(word)) found.set(word, place);
  return found;
}

/** The parts of a text that are separated by spaces. */
function split(text: string): string[] {
  return text ? text.split(" ") : [];
}

/** Sorted words: each says how many letters it shares with the one before it. */
export function readSorted(text: string): string[] {
  let word = "";
  return split(text).map((written) => {
    word = word.slice(0, digitAt(written, 0)) + written.slice(1);
    return word;
  });
}

/** More in notes that are longer than the average; notegen/search/lengths.py is the same in Python. */
function normsOf(notes: number[], steps: string, { k1, b }: Rules): Map<number, number> {
  const lengths = notes.map((_, place) => {
    const step = digitAt(steps, place);
    return step < 8 ? step : (4 + (step % 4)) * 2 ** (Math.floor(step / 4) - 1);
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const norm = (length: number) => (average ? k1 * (1 - b + (b * length) / average) : k1);
  return new Map(notes.map((note, place) => [note, norm(lengths[place] as number)]));
}

/** 0, and each number added to all before it. */
function sums(counts: number[]): number[] {
  let sum = 0;
  return [0, ...counts.map((count) => (sum += count))];
}

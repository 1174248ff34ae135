// Search in the page: loads what a query needs, ranks, and says what it cost.

import { readNumbers } from "./digits.ts";
import { cutExcerpt } from "./excerpt.ts";
import { bestPassage, fuse, type Ranked, type Why } from "./fuse.ts";
import { Lexicon, type WordScores } from "./lexicon.ts";
import { FORMAT, type Manifest } from "./manifest.ts";
import type { Choices } from "./menu.ts";
import { type Costs, type ShardSource, Shards } from "./shards.ts";
import { Stems } from "./stems.ts";
import { QueryTable } from "./table.ts";
import { Texts } from "./texts.ts";
import { Vectors } from "./vectors.ts";
import { queryTerms, type Wanted } from "./words.ts";

/** A note that answers a query, by its best passage. */
export interface Hit {
  /** The note's page, from the site's root, not percent-encoded. */
  url: string;
  /** Where in the page the passage begins; empty for its top. */
  anchor: string;
  title: string;
  /** The heading above the passage; empty when there is none. */
  heading: string;
  /** The note's day, `2024-09-25`. */
  date: string;
  /** The whole passage as plain text, its paragraphs parted by newlines. */
  passage: string;
  /** The part of it around what was found, in one line. */
  excerpt: string;
  /** The query's words in the excerpt: `excerpt.slice(start, end)`, ascending. */
  marks: [start: number, end: number][];
  /** 0 to 1, comparable within one query only. */
  score: number;
  why: Why;
}

/** What a query gave and cost: characters and number of the scripts it loaded, milliseconds. */
export interface Result {
  hits: Hit[];
  stats: { bytes: number; requests: number; ms: number };
}

/** How to search: at most `limit` hits (10); `wordsOnly` leaves meaning out. */
export interface Options {
  limit?: number;
  wordsOnly?: boolean;
}

interface Index {
  manifest: Manifest;
  /** Where each note's passages begin, and their end. */
  starts: number[];
  lexicon: Lexicon;
  texts: Texts;
  meaning: { table: QueryTable; vectors: Vectors } | undefined;
}

/** The search of one site; loads nothing before it is asked. */
export class Search {
  private readonly folder: string;
  private readonly shards: ShardSource;
  private index: Index | undefined;
  private stems: Promise<Stems> | undefined;

  /**
   * @param manifest the manifest's address
   * @param source gives the shards of a folder, whose address ends in a slash
   */
  constructor(
    manifest: string,
    private readonly source: (folder: string) => ShardSource = (folder) => new Shards(folder),
  ) {
    this.folder = new URL(".", manifest).href;
    this.shards = source(this.folder);
  }

  /** Loads ahead what every query needs; true when the site can search by meaning. */
  async prepare(): Promise<boolean> {
    const costs = { bytes: 0, requests: 0 };
    const { meaning } = await this.open(costs);
    await meaning?.vectors.load(costs);
    return meaning !== undefined;
  }

  /** The best notes for a query, best first, one hit a note. */
  async search(text: string, { limit = 10, wordsOnly = false }: Options = {}): Promise<Result> {
    const start = performance.now();
    const costs = { bytes: 0, requests: 0 };
    const index = await this.open(costs);
    const wanted = queryTerms(text);
    const [{ words, stems }, near] = await Promise.all([
      this.scoreWords(index, wanted, costs),
      wordsOnly ? undefined : passageCosines(index, text, costs),
    ]);
    const ranked = fuse(words.notes, near && noteBests(near, index.starts), index.manifest.weight, limit);
    const hits = await Promise.all(
      ranked.map((one) => showHit(index, one, wanted, stems, words, near, costs)),
    );
    return { hits, stats: { ...costs, ms: performance.now() - start } };
  }

  /** What a question can be filtered by. */
  choices(): Promise<Choices> {
    return this.shards.load<Choices>("filters", { bytes: 0, requests: 0 });
  }

  private async open(costs: Costs): Promise<Index> {
    const manifest = await this.shards.load<Manifest>("manifest", costs);
    if (manifest.format !== FORMAT)
      throw new Error("the search index is of another version than the page's script");
    this.index ??= this.read(manifest);
    return this.index;
  }

  private async scoreWords({ manifest, lexicon }: Index, wanted: Wanted[], costs: Costs) {
    const names = manifest.stemmers ? manifest.stemmers.split(" ") : [];
    this.stems ??= Stems.load(names, this.shards, costs);
    // A failure may pass: the next search tries again.
    this.stems.catch(() => {
      this.stems = undefined;
    });
    const stems = await this.stems;
    return { stems, words: await lexicon.score(wanted, stems, costs) };
  }

  private read(manifest: Manifest): Index {
    const { meaning } = manifest;
    const starts = [0];
    let end = 0;
    for (const count of readNumbers(manifest.counts)) {
      end += count;
      starts.push(end);
    }
    return {
      manifest,
      starts,
      lexicon: new Lexicon(manifest, starts.length - 1, this.shards),
      texts: new Texts(manifest, this.shards),
      meaning: meaning
        ? {
            table: new QueryTable(meaning, this.source(new URL(meaning.table, this.folder).href)),
            vectors: new Vectors(meaning, end, this.shards),
          }
        : undefined,
    };
  }
}

/** The cosine of every passage with the query; undefined when meaning has nothing to say. */
async function passageCosines(
  { meaning }: Index,
  text: string,
  costs: Costs,
): Promise<Float64Array | undefined> {
  if (!meaning || !text.trim()) return undefined;
  const [query] = await Promise.all([meaning.table.encode(text, costs), meaning.vectors.load(costs)]);
  return query && meaning.vectors.cosines(query, costs);
}

function noteBests(cosines: Float64Array, starts: number[]): Float64Array {
  const bests = new Float64Array(starts.length - 1);
  for (let note = 0; note < bests.length; note++) {
    let best = -2;
    for (let passage = starts[note] as number; passage < (starts[note + 1] as number); passage++) {
      best = Math.max(best, cosines[passage] as number);
    }
    bests[note] = best;
  }
  return bests;
}

async function showHit(
  index: Index,
  { note, score, why }: Ranked,
  wanted: Wanted[],
  stems: Stems,
  words: WordScores,
  near: Float64Array | undefined,
  costs: Costs,
): Promise<Hit> {
  const start = index.starts[note] as number;
  const end = index.starts[note + 1] as number;
  const said = Array.from({ length: end - start }, (_, number) => words.passages.get(note)?.get(number) ?? 0);
  const best = bestPassage(said, near?.subarray(start, end), index.manifest.weight);
  const { text, ...place } = await index.texts.passage(start + best, costs);
  const excerpt = cutExcerpt(text, wanted, stems);
  return { ...place, passage: text, excerpt: excerpt.text, marks: excerpt.marks, score, why };
}

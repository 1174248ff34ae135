// The query table: what turns a query into a vector without a model; notegen/search/shards/query_table.py cuts it into ranges.

import { rangeOf } from "../../lib/binary-search.ts";
import type { ShardSource } from "../../lib/shards.ts";
import { readSorted, type SemanticFacts } from "./manifest.ts";
import { rangeName } from "./marks.ts";
import { readVectors } from "./quantizer.ts";
import { scriptNumber } from "./tokens.ts";
import { cutTokens, type Pieces, splitWords } from "./wordpiece.ts";

/** A token's vector: whole numbers, so that sums are exact in every language. */
type Row = Float64Array;

/** What the kinds of shards end with whose tokens are in scripts of no note. */
const OTHER_SCRIPTS = "o";

/** Encodes queries. */
export class QueryTable {
  constructor(
    private readonly facts: SemanticFacts,
    private readonly shards: ShardSource,
  ) {}

  /** Whether a word is a token of its own: the model has met it often, so it is no typing error. */
  async knows(word: string): Promise<boolean> {
    return this.facts.commonTokens.has(word) || (await this.around(word, "t", "x")).has(word);
  }

  /** The same of a word in small letters as it is written, of which tokens leave out marks. */
  async isWord(lower: string): Promise<boolean> {
    const known = await Promise.all(splitWords(lower).map((word) => this.knows(word)));
    return known.length > 0 && known.every(Boolean);
  }

  /** The unit vector of a query; undefined when its tokens say nothing. */
  async encode(query: string): Promise<Float64Array | undefined> {
    const words: Pieces<Row> = {
      around: (word) =>
        this.facts.commonTokens.has(word) ? this.load("common") : this.around(word, "t", "x"),
    };
    const continuations: Pieces<Row> = { around: (rest) => this.around(rest, "u", "y") };
    return this.facts.rows.direction(
      await cutTokens(query, words, continuations, this.facts.rules.maxWordLength),
    );
  }

  /** The tokens around `text`: the garden's are enough where `text` itself is one. */
  private async around(text: string, here: string, elsewhere: string): Promise<ReadonlyMap<string, Row>> {
    const ours = await this.range(here, text);
    if (ours.has(text)) return ours;
    return new Map([...(await this.range(this.kindOf(elsewhere, text), text)), ...ours]);
  }

  /** The kind of shards that tokens are in which no note has: those in scripts of no note have their own. */
  private kindOf(letter: string, text: string): string {
    const { scripts } = this.facts;
    return scripts && !scripts.has(scriptNumber(text)) ? `${letter}${OTHER_SCRIPTS}` : letter;
  }

  private async range(kind: string, text: string): Promise<ReadonlyMap<string, Row>> {
    const firsts = this.facts.firstTokens.get(kind) ?? (await this.firstsOfOtherScripts(kind));
    const number = rangeOf(firsts, text);
    return number < 0 ? new Map() : this.load(rangeName(kind, firsts, number));
  }

  /** What each of the shards of a kind begins with whose tokens are in scripts of no note; the manifest has the others. */
  private async firstsOfOtherScripts(kind: string): Promise<string[]> {
    const firsts = await this.shards.load<Record<string, string>>("scripts");
    return readSorted(firsts[kind] ?? "");
  }

  private async load(name: string): Promise<ReadonlyMap<string, Row>> {
    const lines = (await this.shards.load<string>(name)).split("\n");
    const [tokens, rows, scales] = lines as [string, string, string];
    const vectors = readVectors(rows, scales);
    return new Map(tokens.split(" ").map((token, number) => [token, this.facts.rows.whole(vectors, number)]));
  }
}

// The query table: what turns a query into a vector without a model; notegen/search/shards/query_table.py cuts it into ranges.

import { rangeOf } from "../../lib/binary-search.ts";
import type { ShardSource } from "../../lib/shards.ts";
import type { SemanticFacts } from "./manifest.ts";
import { rangeName } from "./marks.ts";
import { readVectors } from "./quantizer.ts";
import { cutTokens, type Pieces } from "./wordpiece.ts";

/** A token's vector: whole numbers, so that sums are exact in every language. */
export type Row = Float64Array;

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
    return new Map([...(await this.range(elsewhere, text)), ...ours]);
  }

  private async range(letter: string, text: string): Promise<ReadonlyMap<string, Row>> {
    const firsts = this.facts.firstTokens.get(letter) ?? [];
    const number = rangeOf(firsts, text);
    return number < 0 ? new Map() : this.load(rangeName(letter, firsts, number));
  }

  private async load(name: string): Promise<ReadonlyMap<string, Row>> {
    const lines = (await this.shards.load<string>(name)).split("\n");
    const [tokens, rows, scales] = lines as [string, string, string];
    const vectors = readVectors(rows, scales);
    return new Map(tokens.split(" ").map((token, number) => [token, this.facts.rows.whole(vectors, number)]));
  }
}

// The query table: what turns a query into a vector without a model; notegen/search/shards/query_table.py cuts it into ranges.

import { rangeOf } from "../../lib/binary-search.ts";
import type { Costs, ShardSource } from "../../lib/shards.ts";
import type { MeaningFacts } from "./manifest.ts";
import { Quantizer, readVectors } from "./quantizer.ts";
import { cutTokens, type Pieces } from "./wordpiece.ts";

/** A token's vector: whole numbers, so that sums are exact in every language. */
export type Row = Float64Array;

/** Encodes queries. */
export class QueryTable {
  private readonly firsts = new Map<string, string[]>();
  private readonly common: ReadonlySet<string>;
  private readonly quantizer: Quantizer;

  constructor(
    facts: MeaningFacts,
    private readonly shards: ShardSource,
  ) {
    for (const [letter, tokens] of Object.entries(facts.firsts))
      this.firsts.set(letter, tokens ? tokens.split(" ") : []);
    this.common = new Set(facts.common.split(" "));
    this.quantizer = new Quantizer(facts.rows);
  }

  /** Whether a word is a token of its own: the model has met it often, so it is no typing error. */
  async knows(word: string, costs: Costs): Promise<boolean> {
    return this.common.has(word) || (await this.around(word, "t", "x", costs)).has(word);
  }

  /** The unit vector of a query; undefined when its tokens say nothing. */
  async encode(query: string, costs: Costs): Promise<Float64Array | undefined> {
    const words: Pieces<Row> = {
      around: (word) =>
        this.common.has(word) ? this.load("common", costs) : this.around(word, "t", "x", costs),
    };
    const continuations: Pieces<Row> = { around: (rest) => this.around(rest, "u", "y", costs) };
    return this.quantizer.direction(await cutTokens(query, words, continuations));
  }

  /** The tokens around `text`: the garden's are enough where `text` itself is one. */
  private async around(
    text: string,
    here: string,
    elsewhere: string,
    costs: Costs,
  ): Promise<ReadonlyMap<string, Row>> {
    const ours = await this.range(here, text, costs);
    if (ours.has(text)) return ours;
    return new Map([...(await this.range(elsewhere, text, costs)), ...ours]);
  }

  private async range(letter: string, text: string, costs: Costs): Promise<ReadonlyMap<string, Row>> {
    const firsts = this.firsts.get(letter) ?? [];
    const number = rangeOf(firsts, text);
    return number < 0 ? new Map() : this.load(`${letter}${number}`, costs);
  }

  private async load(name: string, costs: Costs): Promise<ReadonlyMap<string, Row>> {
    const lines = (await this.shards.load<string>(name, costs)).split("\n");
    const [tokens, rows, scales] = lines as [string, string, string];
    const vectors = readVectors(rows, scales);
    return new Map(tokens.split(" ").map((token, number) => [token, this.quantizer.whole(vectors, number)]));
  }
}

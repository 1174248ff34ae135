// The query table: what turns a query into a vector without a model; notegen/index/table.py cuts it into ranges.

import { digitAt } from "./digits.ts";
import type { MeaningFacts } from "./manifest.ts";
import { rangeOf } from "./ranges.ts";
import type { Costs, ShardSource } from "./shards.ts";
import { cutTokens, type Pieces } from "./wordpiece.ts";

/** A token's vector: whole numbers, so that sums are exact in every language. */
export type Row = Int32Array;

/** Encodes queries. */
export class QueryTable {
  private readonly words: string[];
  private readonly rests: string[];
  private readonly common: ReadonlySet<string>;

  constructor(
    private readonly facts: MeaningFacts,
    private readonly shards: ShardSource,
  ) {
    this.words = facts.first_words.split(" ");
    this.rests = facts.first_pieces.split(" ");
    this.common = new Set(facts.common_tokens.split(" "));
  }

  /** The unit vector of a query; undefined when its tokens say nothing. */
  async encode(query: string, costs: Costs): Promise<Float64Array | undefined> {
    const words: Pieces<Row> = {
      near: (word) =>
        this.load(this.common.has(word) ? "common" : `t${clamp(rangeOf(this.words, word))}`, costs),
    };
    const rests: Pieces<Row> = { near: (rest) => this.load(`u${clamp(rangeOf(this.rests, rest))}`, costs) };
    return unitSum(await cutTokens(query, words, rests), this.facts.dimensions);
  }

  private async load(name: string, costs: Costs): Promise<ReadonlyMap<string, Row>> {
    return readRows(await this.shards.load<string>(name, costs), this.facts.dimensions);
  }
}

/** The tokens of a shard with their rows. */
export function readRows(shard: string, dimensions: number): Map<string, Row> {
  const end = shard.indexOf("\n");
  const rows = new Map<string, Row>();
  let place = end + 1;
  for (const token of shard.slice(0, end).split(" ")) {
    const size = digitAt(shard, place) * 64 + digitAt(shard, place + 1);
    const row = new Int32Array(dimensions);
    place += 2;
    for (let i = 0; i < dimensions; i += 2) {
      const pair = digitAt(shard, place++);
      row[i] = size * ((pair & 7) * 2 - 7);
      if (i + 1 < dimensions) row[i + 1] = size * ((pair >> 3) * 2 - 7);
    }
    rows.set(token, row);
  }
  return rows;
}

/** The sum of the rows at length 1; undefined when it is nothing. */
export function unitSum(rows: Row[], dimensions: number): Float64Array | undefined {
  const sum = new Float64Array(dimensions);
  for (const row of rows)
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + (row[i] as number);
  const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0));
  return length ? sum.map((value) => value / length) : undefined;
}

function clamp(range: number): number {
  return Math.max(0, range);
}

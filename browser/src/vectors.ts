// The passages' codes, and how close each is to a query; notegen/ranking/codes.py is the same in Python.

import { digitAt, readBytes } from "./digits.ts";
import type { MeaningFacts } from "./manifest.ts";
import type { Costs, ShardSource } from "./shards.ts";

/** The vectors of one site. */
export class Vectors {
  constructor(
    private readonly facts: MeaningFacts,
    private readonly count: number,
    private readonly shards: ShardSource,
  ) {}

  /** Loads all codes, so that `cosines` has them. */
  async load(costs: Costs): Promise<Uint8Array[]> {
    const names = Array.from(
      { length: Math.ceil(this.count / this.facts.each) },
      (_, number) => `v${number}`,
    );
    return Promise.all(names.map(async (name) => readBytes(await this.shards.load<string>(name, costs))));
  }

  /** About the cosine of each passage with the unit query. */
  async cosines(query: Float64Array, costs: Costs): Promise<Float64Array> {
    const { mean, mean_step: meanStep } = this.facts;
    const base = query.reduce((sum, value, i) => sum + value * (digitAt(mean, i) - 32) * meanStep, 0);
    const sums = byteSums(query, this.facts);
    const all = new Float64Array(this.count);
    let start = 0;
    for (const shard of await this.load(costs))
      start += scan(shard, sums, base, this.facts, all.subarray(start));
    return all;
  }
}

/** For each byte of a code and each value it can have, what its dimensions add: one look-up instead of 4 or 8 products. */
function byteSums(query: Float64Array, { bits, levels }: MeaningFacts): Float64Array {
  const each = 8 / bits;
  const bytes = Math.ceil(query.length / each);
  const sums = new Float64Array(bytes * 256);
  for (let byte = 0; byte < bytes; byte++) {
    for (let value = 0; value < 256; value++) {
      let sum = 0;
      for (let i = 0; i < each; i++) {
        sum += (query[byte * each + i] ?? 0) * (levels[(value >> (i * bits)) & ((1 << bits) - 1)] as number);
      }
      sums[byte * 256 + value] = sum;
    }
  }
  return sums;
}

/** Fills `all` with the cosines of a shard's passages: levels of all, then factors of all. Returns how many. */
function scan(
  shard: Uint8Array,
  sums: Float64Array,
  base: number,
  facts: MeaningFacts,
  all: Float64Array,
): number {
  const bytes = sums.length / 256;
  const count = shard.length / (bytes + 1);
  for (let passage = 0, place = 0; passage < count; passage++) {
    let sum = 0;
    for (let byte = 0; byte < bytes; byte++) sum += sums[byte * 256 + (shard[place++] as number)] as number;
    all[passage] = base + (facts.lowest + facts.step * (shard[count * bytes + passage] as number)) * sum;
  }
  return count;
}

// Which passages are close to a query: only the clusters nearest to it are loaded. notegen/search/vector_index.py is the
// same in Python and gives the reasons; notegen/search/shards/vectors.py says what the shards hold.

import { rangeOf } from "../../lib/binary-search.ts";
import type { ShardSource } from "../../lib/shards.ts";
import type { SemanticFacts } from "./manifest.ts";
import { type QuantizedVectors, readPairs, readVectors, unit } from "./quantizer.ts";
import { readNumbers } from "./varint.ts";

/** How close passages are to a query. */
export interface PassageScores {
  /** By the passage's number in the garden; those of clusters that were not looked at are missing. */
  cosines: Map<number, number>;
  /** About the cosine of the mean of all passages. */
  mean: number;
}

interface Centroids {
  /** How many passages each cluster has. */
  counts: number[];
  /** The last is the mean of all passages. */
  vectors: QuantizedVectors;
  /** The length of each, 0 to `scaleSteps`. */
  centroidNorms: number[];
}

/** The vectors of one site. */
export class VectorIndex {
  constructor(
    private readonly facts: SemanticFacts,
    /** Where each note's passages begin, and the last one's end. */
    private readonly starts: number[],
    private readonly shards: ShardSource,
  ) {}

  /** Loads what every query needs. */
  async load(): Promise<Centroids> {
    const lines = (await this.shards.load<string>("k")).split("\n");
    const [counts, vectors, scales, norms] = lines as [string, string, string, string];
    return {
      counts: readNumbers(counts),
      vectors: readVectors(vectors, scales),
      centroidNorms: readPairs(norms),
    };
  }

  /**
   * The cosines of the passages in the nearest clusters, before which come those of the passages of `first`; of the given
   * passages only, if any are given. `share` of the budget are loaded.
   */
  async scores(
    query: Float64Array,
    among: ReadonlySet<number> | undefined,
    first: ReadonlySet<number>,
    share: number,
  ): Promise<PassageScores> {
    const { counts, vectors, centroidNorms } = await this.load();
    const given = new Set(await this.clustersOf(first, "g", this.facts.nearNotes));
    const directions = this.facts.centroids.products(query)(vectors);
    const candidates = among ? await this.clustersOf(among) : counts.map((_, cluster) => cluster);
    candidates.sort(
      (a, b) =>
        Number(given.has(b)) - Number(given.has(a)) ||
        (directions[b] as number) - (directions[a] as number) ||
        a - b,
    );
    const chosen: number[] = [];
    let loaded = 0;
    for (const cluster of candidates) {
      if (loaded >= share * this.facts.probeBudget && !given.has(cluster)) break;
      chosen.push(cluster);
      loaded += counts[cluster] as number;
    }
    const products = this.facts.passages.products(query);
    const toCentroid = (cluster: number) =>
      (directions[cluster] as number) * ((centroidNorms[cluster] as number) / this.facts.rules.scaleSteps);
    const cosines = new Map<number, number>();
    await Promise.all(
      chosen.map(async (cluster) => {
        const { numbers, vectors } = await this.cluster(cluster);
        const residuals = products(vectors);
        numbers.forEach((number, i) => {
          if (number >= 0 && (!among || among.has(number)))
            cosines.set(number, toCentroid(cluster) + (residuals[i] as number));
        });
      }),
    );
    return { cosines, mean: toCentroid(counts.length) };
  }

  /** The unit vector of the passages from `start` to before `end` together; undefined when they say nothing. */
  async meanDirection(start: number, end: number): Promise<Float64Array | undefined> {
    const centroids = await this.load();
    const passages = new Set(Array.from({ length: end - start }, (_, i) => start + i));
    const vectors = new Map<number, Float64Array>();
    for (const cluster of await this.clustersOf(passages)) {
      const centroid = this.facts.centroids.vector(centroids.vectors, cluster);
      const norm = (centroids.centroidNorms[cluster] as number) / this.facts.rules.scaleSteps;
      const residuals = await this.cluster(cluster);
      residuals.numbers.forEach((number, i) => {
        if (!passages.has(number)) return;
        const residual = this.facts.passages.vector(residuals.vectors, i);
        vectors.set(
          number,
          centroid.map((value, d) => value * norm + (residual[d] as number)),
        );
      });
    }
    const total = new Float64Array(this.facts.centroids.dimensions);
    for (const number of passages)
      (vectors.get(number) as Float64Array).forEach((value, d) => {
        total[d] = (total[d] as number) + value;
      });
    return unit(total);
  }

  private async cluster(number: number): Promise<{ numbers: number[]; vectors: QuantizedVectors }> {
    const lines = (await this.shards.load<string>(`v${number}`)).split("\n");
    const [steps, vectors, scales] = lines as [string, string, string];
    const read = readVectors(vectors, scales);
    if (this.facts.clusters === 1) return { numbers: Array.from(read.scales.keys()), vectors: read };
    const pairs = readNumbers(steps);
    let note = 0;
    const numbers = read.scales.map((_, i) => {
      note += pairs[2 * i] as number;
      const number = (this.starts[note] as number) + (pairs[2 * i + 1] as number);
      // A later build may know passages of which this page's does not.
      return number < (this.starts[note + 1] as number) ? number : -1;
    });
    return { numbers, vectors: read };
  }

  /** The clusters that hold the passages, from shards of one of two sizes, in notes. */
  private async clustersOf(
    passages: ReadonlySet<number>,
    kind = "a",
    size = this.facts.farNotes,
  ): Promise<number[]> {
    if (this.facts.clusters === 1) return [0];
    const shards = new Map<number, Promise<number[]>>();
    const shardOf = (passage: number) => Math.floor(rangeOf(this.starts, passage) / size);
    for (const passage of passages) {
      const shard = shardOf(passage);
      if (!shards.has(shard)) shards.set(shard, this.shards.load<string>(`${kind}${shard}`).then(readPairs));
    }
    const found = new Set<number>();
    for (const passage of passages) {
      const shard = shardOf(passage);
      const clusters = await (shards.get(shard) as Promise<number[]>);
      found.add(clusters[passage - (this.starts[shard * size] as number)] as number);
    }
    return Array.from(found);
  }
}

// Which passages are close to a query: only the clusters nearest to it are loaded. notegen/search/vector_index.py is the
// same in Python and gives the reasons; notegen/search/shards/vectors.py says what the shards hold.

import type { Costs, ShardSource } from "../../lib/shards.ts";
import type { MeaningFacts } from "./manifest.ts";
import { Coder, type Codes, readCodes, readPairs, TOP, unit } from "./quantizer.ts";
import { readNumbers } from "./varint.ts";

const MAPPED = 8192;

/** How close passages are to a query. */
export interface Near {
  /** By the passage's number in the garden; those of clusters that were not looked at are missing. */
  cosines: Map<number, number>;
  /** About the cosine of the mean of all passages. */
  mean: number;
}

interface Centres {
  /** How many passages each cluster has. */
  counts: number[];
  /** The last is the mean of all passages. */
  codes: Codes;
  radii: number[];
}

/** The vectors of one site. */
export class Vectors {
  private readonly centres: Coder;
  private readonly passages: Coder;

  constructor(
    private readonly facts: MeaningFacts,
    private readonly shards: ShardSource,
  ) {
    this.centres = new Coder(facts.centres);
    this.passages = new Coder(facts.passages);
  }

  /** Loads what every query needs. */
  async load(costs: Costs): Promise<Centres> {
    const lines = (await this.shards.load<string>("k", costs)).split("\n");
    const [counts, vectors, sizes, radii] = lines as [string, string, string, string];
    return { counts: readNumbers(counts), codes: readCodes(vectors, sizes), radii: readPairs(radii) };
  }

  /** The cosines of the passages in the nearest clusters; of the given passages only, if any are given. */
  async near(query: Float64Array, costs: Costs, among?: ReadonlySet<number>): Promise<Near> {
    const { counts, codes, radii } = await this.load(costs);
    const directions = this.centres.products(query)(codes);
    const held = among ? await this.clustersOf(among, costs) : counts.map((_, cluster) => cluster);
    held.sort((a, b) => (directions[b] as number) - (directions[a] as number) || a - b);
    const chosen: number[] = [];
    for (let loaded = 0; loaded < this.facts.budget && chosen.length < held.length; ) {
      const cluster = held[chosen.length] as number;
      chosen.push(cluster);
      loaded += counts[cluster] as number;
    }
    const products = this.passages.products(query);
    const toCentre = (cluster: number) =>
      (directions[cluster] as number) * ((radii[cluster] as number) / TOP);
    const cosines = new Map<number, number>();
    await Promise.all(
      chosen.map(async (cluster) => {
        const { numbers, codes } = await this.cluster(cluster, costs);
        const rests = products(codes);
        numbers.forEach((number, i) => {
          if (!among || among.has(number)) cosines.set(number, toCentre(cluster) + (rests[i] as number));
        });
      }),
    );
    return { cosines, mean: toCentre(counts.length) };
  }

  /** The unit vector of the passages from `start` to before `end` together; undefined when they say nothing. */
  async together(start: number, end: number, costs: Costs): Promise<Float64Array | undefined> {
    const { codes, radii } = await this.load(costs);
    const wanted = new Set(Array.from({ length: end - start }, (_, i) => start + i));
    const vectors = new Map<number, Float64Array>();
    for (const cluster of await this.clustersOf(wanted, costs)) {
      const centre = this.centres.vector(codes, cluster);
      const radius = (radii[cluster] as number) / TOP;
      const held = await this.cluster(cluster, costs);
      held.numbers.forEach((number, i) => {
        if (!wanted.has(number)) return;
        const rest = this.passages.vector(held.codes, i);
        vectors.set(
          number,
          centre.map((value, d) => value * radius + (rest[d] as number)),
        );
      });
    }
    const total = new Float64Array(this.facts.centres.bits.length);
    for (const number of wanted)
      (vectors.get(number) as Float64Array).forEach((value, d) => {
        total[d] = (total[d] as number) + value;
      });
    return unit(total);
  }

  private async cluster(number: number, costs: Costs): Promise<{ numbers: number[]; codes: Codes }> {
    const lines = (await this.shards.load<string>(`v${number}`, costs)).split("\n");
    const [steps, vectors, sizes] = lines as [string, string, string];
    let last = -1;
    const numbers = readNumbers(steps).map((step) => {
      last += step + 1;
      return last;
    });
    return { numbers, codes: readCodes(vectors, sizes) };
  }

  /** The clusters that hold the passages. */
  private async clustersOf(passages: ReadonlySet<number>, costs: Costs): Promise<number[]> {
    if (this.facts.clusters === 1) return [0];
    const shards = new Map<number, Promise<number[]>>();
    for (const passage of passages) {
      const shard = Math.floor(passage / MAPPED);
      if (!shards.has(shard)) shards.set(shard, this.shards.load<string>(`a${shard}`, costs).then(readPairs));
    }
    const found = new Set<number>();
    for (const passage of passages) {
      const clusters = await (shards.get(Math.floor(passage / MAPPED)) as Promise<number[]>);
      found.add(clusters[passage % MAPPED] as number);
    }
    return Array.from(found);
  }
}

// What a page knows of its index before it asks for anything else; notegen/search/shards/manifest.py writes it.

import type { QuantizerFacts } from "./quantizer.ts";

/** The passages' codes and the query table; notegen/search/shards/vectors.py and table.py say what each is. */
export interface MeaningFacts {
  rows: QuantizerFacts;
  centres: QuantizerFacts;
  passages: QuantizerFacts;
  /** Passages that a query looks at, at least. */
  budget: number;
  clusters: number;
  /** By letter, the first token of each of the query table's shards. */
  firsts: Record<string, string>;
  common: string;
}

/** The manifest as it is written. */
export interface Manifest {
  format: number;
  counts: string;
  words: string;
  common: string;
  stemmers: string;
  forward: string;
  backward: string;
  texts: string;
  weight: number;
  meaning: MeaningFacts | null;
}

/** The format that this script reads. */
export const FORMAT = 4;

/** The parts of a text of the manifest, which are separated by spaces. */
export function split(text: string): string[] {
  return text ? text.split(" ") : [];
}

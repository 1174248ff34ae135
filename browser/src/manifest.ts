// What a page knows of its index before it asks for anything else; notegen/index/manifest.py writes it.

/** The passages' codes and the query table; notegen/index/vectors.py and table.py say what each is. */
export interface MeaningFacts {
  dimensions: number;
  bits: number;
  levels: number[];
  each: number;
  lowest: number;
  step: number;
  mean: string;
  mean_step: number;
  table: string;
  first_words: string;
  first_pieces: string;
  common_tokens: string;
}

/** The manifest as it is written. */
export interface Manifest {
  format: number;
  counts: string;
  words: string;
  common: string;
  stemmers: string;
  texts: string;
  weight: number;
  meaning: MeaningFacts | null;
}

/** The format that this script reads. */
export const FORMAT = 2;

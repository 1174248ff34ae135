// The search index on record, which Python wrote (tests/search/test_shards.py), and the rules that its manifest brings.

import { readFileSync } from "node:fs";
import type { Manifest } from "../../../src/search/engine/manifest.ts";
import { contentOf } from "./stemmers.ts";

/** What a query found in the index, by words only or by meaning too. */
interface Answer {
  query: string;
  words_only: boolean;
  hits: { score: number }[];
  far: { score: number }[];
  corrected: { typed: string; used: string[] }[];
}

/** The index: where what points at it and its manifest are, its files by their addresses, and what it answers. */
interface Recorded {
  pointer: string;
  manifest: string;
  files: Record<string, string>;
  answers: Answer[];
}

export const recorded = JSON.parse(readFileSync("../tests/cases/search-index.json", "utf8")) as Recorded;

export const { rules } = contentOf<Manifest>(recorded.files[recorded.manifest] as string);

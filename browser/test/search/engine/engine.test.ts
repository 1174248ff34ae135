// The page's search over the index on record: the same hits as Python's, which wrote it (tests/search/test_shards.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Costs, ShardSource } from "../../../src/lib/shards.ts";
import { SearchEngine } from "../../../src/search/engine/engine.ts";
import { BuiltStemmers, contentOf } from "./stemmers.ts";

interface Answer {
  query: string;
  words_only: boolean;
  hits: { score: number }[];
  corrected: { typed: string; used: string[] }[];
}

interface Recorded {
  manifest: string;
  files: Record<string, string>;
  answers: Answer[];
}

const SITE = "https://host.example/some/sub/path/";
const recorded = JSON.parse(readFileSync("../tests/cases/search-index.json", "utf8")) as Recorded;

/** Runs the recorded scripts instead of inserting them into a page. */
class Disk implements ShardSource {
  private readonly stemmers = new BuiltStemmers();

  constructor(private readonly folder: string) {}

  async load<Content>(name: string, costs: Costs): Promise<Content> {
    costs.requests += 1;
    if (name.startsWith("stem-")) return this.stemmers.load(name, costs);
    const url = `${this.folder}${name}.js`.replace(SITE, "");
    const script = recorded.files[url];
    assert.ok(script, `${url} is in the index`);
    return contentOf(script);
  }
}

const search = new SearchEngine(SITE + recorded.manifest, (folder) => new Disk(folder));

for (const { query, words_only: wordsOnly, hits, corrected } of recorded.answers) {
  test(`${wordsOnly ? "words of" : "words and meaning of"} ${JSON.stringify(query)}`, async () => {
    const result = await search.search(query, { wordsOnly });
    const found = result.hits.map(({ date: _, passage: __, ...hit }) => ({
      ...hit,
      score: Math.round(hit.score * 1e9) / 1e9,
    }));
    assert.deepEqual(found, hits);
    assert.deepEqual(result.corrected, corrected);
  });
}

test("no more hits than asked for", async () => {
  assert.equal((await search.search("flour water the lake", { limit: 2 })).hits.length, 2);
});

test("none where none is asked for", async () => {
  for (const query of ["flour", "tag:kitchen"])
    assert.deepEqual((await search.search(query, { limit: 0 })).hits, []);
});

test("a search says what it cost", async () => {
  const { stats } = await search.search("steam", { wordsOnly: true });
  assert.deepEqual([stats.requests > 0, stats.ms >= 0], [true, true]);
});

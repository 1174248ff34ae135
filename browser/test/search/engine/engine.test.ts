// The page's search over the index on record: the same hits as Python's, which wrote it (tests/search/test_shards.py).

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shards } from "../../../src/lib/shards.ts";
import { SearchEngine } from "../../../src/search/engine/engine.ts";
import { recorded } from "./recorded.ts";
import { contentOf, stemmerScript } from "./stemmers.ts";

const SITE = "https://host.example/some/sub/path/";

/** Runs the recorded script at an address instead of inserting it into a page. */
async function runRecorded(address: string, name: string): Promise<unknown> {
  if (name.startsWith("stem-")) return contentOf(stemmerScript(name));
  const script = recorded.files[address.replace(SITE, "")];
  assert.ok(script, `${address} is in the index`);
  return contentOf(script);
}

const makeEngine = (run = runRecorded) =>
  new SearchEngine(SITE + recorded.manifest, (folder) => new Shards(folder, run));

const search = makeEngine();

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

test("a search says what it loaded, and nothing of what was there", async () => {
  const loaded: unknown[] = [];
  const engine = makeEngine(async (address, name) => {
    const content = await runRecorded(address, name);
    loaded.push(content);
    return content;
  });
  const { stats } = await engine.search("steam", { wordsOnly: true });
  const lengths = loaded.map((content) =>
    typeof content === "string" ? content.length : String(JSON.stringify(content) ?? content).length,
  );
  assert.equal(stats.requests, loaded.length);
  assert.equal(
    stats.bytes,
    lengths.reduce((sum, length) => sum + length),
  );
  assert.ok(stats.ms >= 0);
  const again = await engine.search("steam", { wordsOnly: true });
  assert.deepEqual([again.stats.requests, again.stats.bytes], [0, 0]);
});

test("searches at the same time count each what it loads itself", async () => {
  const names: string[] = [];
  const engine = makeEngine((address, name) => {
    names.push(name);
    return runRecorded(address, name);
  });
  const [all, words, none] = await Promise.all([
    engine.search("flour water"),
    engine.search("lake tag:kitchen", { wordsOnly: true }),
    engine.search(""),
  ]);
  const requests = [all, words, none].map(({ stats }) => stats.requests);
  // The first one loads what all need; the others only what nobody has asked for before them.
  assert.ok(
    requests.every((count, i) => (i < 2 ? count > 0 : count === 0)),
    String(requests),
  );
  assert.equal(
    requests.reduce((sum, count) => sum + count),
    names.length,
  );
  assert.equal(new Set(names).size, names.length);
});

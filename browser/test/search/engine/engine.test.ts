// The page's search over the index on record: the same hits as Python's, which wrote it (tests/search/test_shards.py).

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hit } from "../../../src/lib/namespace.ts";
import { SearchEngine } from "../../../src/search/engine/engine.ts";
import { FORMAT } from "../../../src/search/engine/manifest.ts";
import { recorded } from "./recorded.ts";
import { contentOf, stemmerScript } from "./stemmers.ts";

const SITE = "https://host.example/some/sub/path/";

/** Runs the recorded script at an address instead of inserting it into a page. */
async function runRecorded(address: string, name: string): Promise<unknown> {
  if (name.startsWith("stem-")) return contentOf(stemmerScript(name));
  const script = recorded.files[address.replace(SITE, "").replace(/\?.*/, "")];
  assert.ok(script, `${address} is in the index`);
  return contentOf(script);
}

const makeEngine = (run = runRecorded) => new SearchEngine(SITE + recorded.pointer, run);

const search = makeEngine();

/** A hit as it is on record. */
const recordedHit = ({ date: _, passage: __, tags: ___, sections: ____, ...hit }: Hit) => ({
  ...hit,
  score: Math.round(hit.score * 1e9) / 1e9,
});

for (const { query, words_only: wordsOnly, hits, far, corrected } of recorded.answers) {
  test(`${wordsOnly ? "words of" : "words and meaning of"} ${JSON.stringify(query)}`, async () => {
    const result = await search.search(query, { wordsOnly });
    assert.deepEqual(result.hits.map(recordedHit), hits);
    assert.deepEqual(result.far.map(recordedHit), far);
    assert.deepEqual(result.corrected, corrected);
  });
}

test("a hit has its note's tags, and the other headings below which the words stand", async () => {
  const [bread] = (await search.search("flour kitchen", { wordsOnly: true })).hits;
  assert.deepEqual([bread?.title, bread?.tags], ["Sourdough", ["kitchen"]]);
  const [first] = (await search.search("flour", { wordsOnly: true })).hits;
  assert.deepEqual([first?.heading, first?.sections], ["", [{ anchor: "starter", heading: "Starter" }]]);
});

test("the newest notes are offered before anything is asked", async () => {
  const { newest, linked } = await search.offered();
  assert.deepEqual(newest[0], { title: "Weather", url: "weather.html", date: "2024-08-02" });
  assert.equal(newest.length, 5);
  assert.deepEqual(linked, []);
});

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

const OLD = { format: FORMAT, version: "old" };

/** A site of which the page knows an older index: the pointer that it has is the one from before. */
function published(asked: string[], old: object, isGone: (name: string) => boolean) {
  return async (address: string, name: string): Promise<unknown> => {
    asked.push(address);
    if (address === SITE + recorded.pointer) return old;
    if (address.endsWith("?vold") && isGone(name)) throw new Error(`${name} is gone`);
    return runRecorded(address, name);
  };
}

const anew = (asked: string[]) => asked.filter((address) => address.includes(`${recorded.pointer}?`)).length;

test("an open page goes on with the index that its site has now", async () => {
  const whole = await search.search("steam");
  for (const gone of [/^manifest$/, /^p-/, /^stem-/, /^w-/, /^k$/]) {
    const asked: string[] = [];
    const engine = makeEngine(published(asked, OLD, (name) => gone.test(name)));
    const { hits, stats } = await engine.search("steam");
    assert.deepEqual(hits, whole.hits);
    assert.equal(anew(asked), 1, String(gone));
    assert.ok(stats.requests <= asked.length);
    await engine.search("lake");
    assert.equal(anew(asked), 1, String(gone));
  }
});

test("what opens the box and what it filters by go on too", async () => {
  const asked: string[] = [];
  assert.equal(await makeEngine(published(asked, OLD, () => true)).prepare(), true);
  assert.deepEqual(await makeEngine(published(asked, OLD, () => true)).choices(), await search.choices());
  assert.equal(anew(asked), 2);
});

test("searches that fail at the same time go on together", async () => {
  const asked: string[] = [];
  const engine = makeEngine(published(asked, OLD, () => true));
  const found = await Promise.all(["steam", "steam", "lake"].map((text) => engine.search(text)));
  assert.ok(found.every(({ hits }) => hits.length > 0));
});

test("an index of another version is not read, but the site's may be of this one by now", async () => {
  const asked: string[] = [];
  const engine = makeEngine(published(asked, { format: 999, version: "old" }, () => false));
  assert.ok((await engine.search("steam")).hits.length > 0);
  assert.ok(!asked.some((address) => address.endsWith("?vold")));
  const other = makeEngine(async () => ({ format: 999, version: "old" }));
  await assert.rejects(other.search("steam"), /format 999/);
});

test("a piece that the site's index lacks is an error, now and later, and found once it is there", async () => {
  let works = false;
  const engine = makeEngine(async (address, name) => {
    if (!works && /^p-/.test(name)) throw new Error("gone");
    return runRecorded(address, name);
  });
  await assert.rejects(engine.search("steam"), /gone/);
  await assert.rejects(engine.search("steam"), /gone/);
  works = true;
  assert.ok((await engine.search("steam")).hits.length > 0);
});

test("a pointer that did not load is asked for again", async () => {
  let works = false;
  const engine = makeEngine(async (address, name) => {
    if (!works) throw new Error("a tunnel");
    return runRecorded(address, name);
  });
  await assert.rejects(engine.search("steam"), /a tunnel/);
  works = true;
  assert.ok((await engine.search("steam")).hits.length > 0);
});

// Shards load once, and who counts is told of what was loaded for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CountedShards, Shards } from "../../src/lib/shards.ts";

test("what two ask for at the same time is loaded once, and counted by the first", async () => {
  const asked: string[] = [];
  const shards = new Shards("https://host.example/search/", async (address, name) => {
    asked.push(address);
    return `content of ${name}`;
  });
  const [first, second] = [new CountedShards(shards), new CountedShards(shards)];
  assert.deepEqual(await Promise.all([first.load("w0"), second.load("w0"), second.load("p0")]), [
    "content of w0",
    "content of w0",
    "content of p0",
  ]);
  assert.deepEqual(asked, ["https://host.example/search/w0.js", "https://host.example/search/p0.js"]);
  assert.deepEqual(first.stats, { bytes: 13, requests: 1 });
  assert.deepEqual(second.stats, { bytes: 13, requests: 1 });
  await second.load("w0");
  assert.deepEqual(second.stats, { bytes: 13, requests: 1 });
});

test("what did not load costs nothing, and is asked for again", async () => {
  let works = false;
  const counted = new CountedShards(
    new Shards("", async () => {
      if (!works) throw new Error("a tunnel");
      return { words: ["a"] };
    }),
  );
  await assert.rejects(counted.load("w0"), { message: "a tunnel" });
  assert.deepEqual(counted.stats, { bytes: 0, requests: 0 });
  works = true;
  assert.deepEqual(await counted.load("w0"), { words: ["a"] });
  assert.deepEqual(counted.stats, { bytes: 15, requests: 1 });
});

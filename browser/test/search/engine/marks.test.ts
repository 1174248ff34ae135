// The names of pieces; tests/search/test_cut.py has the same ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inFolder, mark, rangeName } from "../../../src/search/engine/marks.ts";

test("a text has the mark that Python gives it", () => {
  assert.deepEqual(["", "a", "tide\n", "\u{10428}"].map(mark), ["ghp94z", "8qxkf7", "2dljb4", "r6g1qw"]);
});

test("a range is called by what it begins with and what comes after it", () => {
  assert.equal(rangeName("w", ["ebb", "tide"], 0), `w-${mark("ebb\ntide")}`);
  assert.equal(rangeName("w", ["ebb", "tide"], 1), `w-${mark("tide\n")}`);
});

test("a folder of a source counts what it loads as the source does", async () => {
  const asked: [string, boolean][] = [];
  const source = {
    async load<Content>(name: string, onLoad?: (length: number) => void): Promise<Content> {
      asked.push([name, onLoad !== undefined]);
      return "" as Content;
    },
  };
  await inFolder(source, "1a2b3c").load("k");
  await inFolder(source, "1a2b3c").load("v0", () => {});
  assert.deepEqual(asked, [
    ["1a2b3c/k", false],
    ["1a2b3c/v0", true],
  ]);
});

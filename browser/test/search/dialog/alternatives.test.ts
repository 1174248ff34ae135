// Other questions, when nothing was found: only those that find something.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hit } from "../../../src/lib/namespace.ts";
import { alternativesTo, candidatesOf } from "../../../src/search/dialog/alternatives.ts";
import type { SearchEngine } from "../../../src/search/engine/engine.ts";

/** A search that finds what it is given by the whole question, and remembers how it was asked. */
function searchOf(titles: Record<string, string>) {
  const asked: [string, boolean][] = [];
  const search = {
    search: async (text: string, { wordsOnly = false } = {}) => {
      asked.push([text, wordsOnly]);
      const title = titles[text];
      return { hits: title ? [{ title } as Hit] : [], stats: { bytes: 0, requests: 0, ms: 0 } };
    },
  } as unknown as SearchEngine;
  return { search, asked };
}

test("when nothing is found, less is asked for", () => {
  assert.deepEqual(
    candidatesOf("tag:sea after:2024-01-01 high water").map(({ text, label }) => [text, label]),
    [
      ["after:2024-01-01 high water", "Leave out tag:sea"],
      ["tag:sea high water", "Leave out after:2024-01-01"],
      ["high water", "Leave out all filters"],
      ["high", "Only “high”"],
      ["water", "Only “water”"],
    ],
  );
});

test("what is kept out and the marks of a phrase are left out too", () => {
  assert.deepEqual(
    candidatesOf('"high water" -spring').map(({ text }) => text),
    ['"high water"', "high water -spring", "high", "water"],
  );
});

test("only the quotes of phrases are left out, and only what is kept out where it stands", () => {
  assert.deepEqual(
    candidatesOf('tag:"deep sea" "high water" -high -highway').map(({ text }) => text),
    [
      '"high water" -high -highway',
      'tag:"deep sea" "high water" -highway',
      'tag:"deep sea" "high water" -high',
      'tag:"deep sea" high water -high -highway',
      "high",
      "water",
    ],
  );
});

test("a single word can only be left as it is", () => {
  assert.deepEqual(candidatesOf("zyzzzz"), []);
});

test("a question that finds nothing is not offered, one that does names what it finds", async () => {
  const { search, asked } = searchOf({ "high water": "Tides", water: "Boats" });
  assert.deepEqual(await alternativesTo(search, "tag:sea high water"), [
    { text: "high water", label: "Leave out tag:sea", reason: "finds “Tides”" },
    { text: "water", label: "Only “water”", reason: "finds “Boats”" },
  ]);
  // By meaning a word alone is near something always.
  assert.deepEqual(asked, [
    ["high water", false],
    ["high", true],
    ["water", true],
  ]);
});

// What is loaded for common terms; how they rank is in tests/search/test_inverted_index.py.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShardSource } from "../../../src/lib/shards.ts";
import { InvertedIndex, readForms } from "../../../src/search/engine/inverted-index.ts";
import { FORMAT, type Manifest, readManifest } from "../../../src/search/engine/manifest.ts";
import { mark, rangeName } from "../../../src/search/engine/marks.ts";
import { Stems } from "../../../src/search/engine/stems.ts";
import { queryTerms } from "../../../src/search/engine/tokens.ts";
import { rules } from "./recorded.ts";

const MANIFEST: Manifest = {
  format: FORMAT,
  folders: { notes: "" },
  counts: "BBAAB",
  lengths: "EEE",
  words: "A",
  common: "of the",
  stemmers: "",
  forward: "",
  backward: "",
  texts: "",
  stopWords: "",
  names: "",
  namesBackward: "",
  nameEnd: 3,
  weight: 0.5,
  rules,
  meaning: null,
};
// There is no note 2 or 3, of which a later build's shards may tell. `alpha` once in notes 1 and 3, `the` once in note 0 and twice in note 1; each in passage 0.
const [ALPHA, THE] = [rangeName("w", [""], 0), `c-${mark("the")}`];
const SHARDS: Record<string, string> = { [ALPHA]: "alpha  BBABBA", [THE]: "the  ABAACA" };

/** The notes found, best first, and the shards that it took. */
async function ask(query: string): Promise<{ notes: number[]; loaded: string[] }> {
  const loaded: string[] = [];
  const source: ShardSource = {
    async load<Content>(name: string): Promise<Content> {
      loaded.push(name);
      return SHARDS[name] as Content;
    },
  };
  const { notes } = await new InvertedIndex(readManifest(MANIFEST), source).score(
    queryTerms(query, rules),
    new Stems([], rules),
    async () => false,
  );
  return {
    notes: [...notes].sort((a, b) => b[1] - a[1]).map(([note]) => note),
    loaded: [...new Set(loaded)],
  };
}

test("a common term is not loaded beside a better one", async () => {
  assert.deepEqual(await ask("the alpha "), { notes: [1], loaded: [ALPHA] });
});

test("a common term is loaded where it is all there is", async () => {
  assert.deepEqual(await ask("the "), { notes: [1, 0], loaded: [THE] });
});

test("forms are their stem's characters and an ending", () => {
  const line = " A -y B ness C ---uz D =\ud801\udc28 E";
  assert.deepEqual(
    readForms("happi", line).map(({ form, postings }) => [form, postings]),
    [
      ["happi", "A"],
      ["happy", "B"],
      ["happiness", "C"],
      ["hauz", "D"],
      ["\ud801\udc28", "E"],
    ],
  );
});

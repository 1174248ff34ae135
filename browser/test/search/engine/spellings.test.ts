// British words have American spellings: the same ones as in tests/text/test_spellings.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { american } from "../../../src/search/engine/spellings.ts";

test("words are spelt as Python spells them", () => {
  const cases: Record<string, string> = JSON.parse(readFileSync("../tests/cases/spellings.json", "utf8"));
  const spelt = Object.fromEntries(Object.keys(cases).map((word) => [word, american(word)]));
  assert.deepEqual(spelt, cases);
});

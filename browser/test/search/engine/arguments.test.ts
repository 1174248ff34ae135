// Whatever is passed to `window.notegen.search`, the engine gets a text and options that it can use.

import assert from "node:assert/strict";
import { test } from "node:test";
import { optionsOf, textOf } from "../../../src/search/engine/arguments.ts";

test("numbers are text, and what is no text asks for nothing", () => {
  assert.deepEqual(["flour", "", 1984, 1.5].map(textOf), ["flour", "", "1984", "1.5"]);
  for (const value of [null, undefined, true, {}, [], ["flour"], () => "flour", Symbol("flour")])
    assert.equal(textOf(value), "");
});

test("a limit that is no number of hits is as if there were none", () => {
  const limits = [3, 2.9, "4", 0, Number.POSITIVE_INFINITY];
  assert.deepEqual(
    limits.map((limit) => optionsOf({ limit }).limit),
    [3, 2, 4, 0, Number.POSITIVE_INFINITY],
  );
  for (const limit of [undefined, null, -1, Number.NaN, "many", "", {}, [], true])
    assert.equal(optionsOf({ limit }).limit, 10);
});

test("options may be anything", () => {
  for (const options of [undefined, null, 5, "words", []])
    assert.deepEqual(optionsOf(options), { limit: 10, wordsOnly: false });
  assert.deepEqual(optionsOf({ limit: 2, wordsOnly: true }), { limit: 2, wordsOnly: true });
});

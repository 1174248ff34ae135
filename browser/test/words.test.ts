// Terms, by the golden cases that Python's test reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { queryTerms, spotTerms } from "../src/words.ts";

interface Case {
  text: string;
  terms: [string, number, number][];
  wanted: [string, string][];
}

const cases = JSON.parse(readFileSync("../tests/cases/terms.json", "utf8")) as Case[];

for (const { text, terms, wanted } of cases) {
  test(`terms of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(
      spotTerms(text).map((term) => [term.text, term.start, term.end]),
      terms,
    );
    assert.deepEqual(
      queryTerms(text).map((word) => [word.term, word.prefix]),
      wanted,
    );
  });
}

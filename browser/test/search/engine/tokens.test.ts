// Tokens and their stems, by the golden cases that Python's test reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Stems } from "../../../src/search/engine/stems.ts";
import { queryTerms, scriptNumber, tokenSpans } from "../../../src/search/engine/tokens.ts";
import { rules } from "./recorded.ts";
import { BuiltStemmers } from "./stemmers.ts";

interface Case {
  text: string;
  stemmers: string[];
  terms: [form: string, start: number, end: number, keys: string[]][];
  wanted: [string, string][];
}

const cases = JSON.parse(readFileSync("../tests/cases/terms.json", "utf8")) as Case[];

for (const { text, stemmers, terms, wanted } of cases) {
  test(`tokens of ${JSON.stringify(text)} by ${stemmers.join(", ")}`, async () => {
    const stems = await Stems.load(stemmers, new BuiltStemmers(), rules);
    assert.deepEqual(
      tokenSpans(text, rules).map(({ token, start, end }) => [token.form, start, end, stems.stemsOf(token)]),
      terms,
    );
    assert.deepEqual(
      queryTerms(text, rules).map((word) => [word.token.form, word.prefix]),
      wanted,
    );
  });
}

test("a word is in the script of its first character, as tests/text/test_scripts.py has them", () => {
  const words = ["", "7", "tide", "été", "πα", "пр", "जव", "น้", "海", "한", "😀"];
  assert.deepEqual(words.map(scriptNumber), [0, 0, 0, 0, 7, 8, 18, 28, 96, 96, 96]);
});

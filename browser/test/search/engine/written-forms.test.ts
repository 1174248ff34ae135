// What is found as it is written, by the golden cases that Python's test reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { writtenForms } from "../../../src/search/engine/written-forms.ts";
import { rules } from "./recorded.ts";

interface Case {
  text: string;
  forms: [form: string, start: number, end: number, words: string[]][];
}

const cases = JSON.parse(readFileSync("../tests/cases/written-forms.json", "utf8")) as Case[];

for (const { text, forms } of cases) {
  test(`what is written in ${JSON.stringify(text)}`, () => {
    assert.deepEqual(
      writtenForms(text, rules).map(({ form, start, end, words }) => [form, start, end, words]),
      forms,
    );
  });
}

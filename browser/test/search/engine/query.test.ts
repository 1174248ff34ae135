// Questions as they are read, by the golden cases that Python's test reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { daysOf, parseQuery } from "../../../src/search/engine/query.ts";

const cases = JSON.parse(readFileSync("../tests/cases/queries.json", "utf8")) as { typed: string }[];

for (const { typed, ...expected } of cases) {
  test(`what ${JSON.stringify(typed)} asks for`, () => {
    const query = parseQuery(typed);
    const facts = {
      text: query.text.split(/\s+/).join(" ").trim(),
      phrases: query.phrases,
      excluded: query.excluded,
      excluded_phrases: query.excludedPhrases,
      filters: query.filters.map((filter) => ({
        ...filter,
        days: filter.kind === "before" || filter.kind === "after" ? daysOf(filter.value) : null,
      })),
      operands: query.operands.map(({ sign, text, isNote }) => ({ sign, text, is_note: isNote })),
    };
    const filled = Object.entries(facts).filter(([, part]) => part.length > 0);
    assert.deepEqual(Object.fromEntries(filled), expected);
  });
}

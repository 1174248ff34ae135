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
      filters: query.filters.map(({ kind, value, excluded }) => ({
        kind,
        value,
        excluded,
        days: kind === "before" || kind === "after" ? daysOf(value) : null,
      })),
      operands: query.operands.map(({ sign, text, isNote }) => ({ sign, text, is_note: isNote })),
    };
    const filled = Object.entries(facts).filter(([, part]) => part.length > 0);
    assert.deepEqual(Object.fromEntries(filled), expected);
  });
}

test("every operator says where it stands", () => {
  const typed = 'a -tag:“deep sea” "tag:no, a phrase" -bb -"c d" after:2024 after:never TAG:#sea';
  const query = parseQuery(typed);
  const written = (places: { start: number; end: number }[]) =>
    places.map(({ start, end }) => typed.slice(start, end));
  assert.deepEqual(written(query.filters), ["-tag:“deep sea”", "after:2024", "TAG:#sea"]);
  assert.deepEqual(written(query.phrasePlaces), ['"tag:no, a phrase"']);
  assert.deepEqual(written(query.excludedPlaces), ["-bb", '-"c d"']);
});

// Filters as the text of a question, and the menu's way of changing it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  daysOf,
  filtersOf,
  hasTag,
  isTag,
  toggleTag,
  withDays,
  without,
} from "../../../src/search/dialog/edit-query.ts";
import { spansOf } from "../../../src/search/dialog/filter-menu.ts";
import { parseQuery, type Query } from "../../../src/search/engine/query.ts";

const QUESTION = 'tag:sea -tag:"old days" how high after:2024-01-01 is it';

test("filters are told from words", () => {
  assert.deepEqual(
    filtersOf(QUESTION).map(({ kind, value, excluded }) => [kind, value, excluded]),
    [
      ["tag", "sea", false],
      ["tag", "old days", true],
      ["after", "2024-01-01", false],
    ],
  );
  assert.equal(without(QUESTION, filtersOf(QUESTION)), "how high is it");
});

test("a word with a colon is no filter, and a name needs a value", () => {
  assert.deepEqual(filtersOf("http://a.example tag: note:x metatag:y after:then"), []);
});

test("a tag is put before the words, and taken away again", () => {
  assert.equal(toggleTag("how high", "sea"), "tag:sea how high");
  assert.equal(toggleTag("tag:sea how high", "SEA"), "how high");
  assert.equal(toggleTag("", "old days"), 'tag:"old days"');
  assert.equal(toggleTag('tag:"old days" x', "old days"), "x");
  assert.equal(toggleTag("-tag:sea x", "sea"), "-tag:sea tag:sea x");
});

test("days replace the days that were there", () => {
  const first = withDays("how high", { after: "2024-01-01", before: "2024-12-31" });
  assert.equal(first, "after:2024-01-01 before:2024-12-31 how high");
  assert.deepEqual(daysOf(first), { after: "2024-01-01", before: "2024-12-31" });
  assert.equal(withDays(first, { after: "2025-01-01", before: "" }), "after:2025-01-01 how high");
  assert.equal(withDays(first, { after: "", before: "" }), "how high");
});

test("one filter is left out at a time", () => {
  const [, second] = filtersOf(QUESTION);
  assert.ok(second);
  assert.equal(without(QUESTION, [second]), "tag:sea how high after:2024-01-01 is it");
});

test("a tag is switched off where it stands, and nowhere else", () => {
  for (const [typed, left] of [
    ["tag:seaside tag:sea x", "tag:seaside x"],
    ["tag:sea tag:seaside x", "tag:seaside x"],
    ["-tag:sea tag:sea x", "-tag:sea x"],
    ["tag:sea x tag:SEA", "x"],
    ["tag:#sea x tag:“sea” tag:sea/", "x"],
    ['"by tag:sea we" tag:sea x', '"by tag:sea we" x'],
    ["x,tag:sea tag:sea", "x,tag:sea"],
    ["-x,tag:sea tag:sea  y ", "-x,tag:sea y "],
    ['5" tag:sea "two  spaces"', '5" "two  spaces"'],
  ] as const)
    assert.equal(toggleTag(typed, "sea"), left, typed);
  assert.equal(toggleTag('tag:sea tag:"sea air" x', "sea air"), "tag:sea x");
});

test("a tag is the same in any case and with or without its accents, as for the search", () => {
  assert.equal(toggleTag("tag:cafe x", "Café"), "x");
});

test("a tag of signs alone cannot be asked for", () => {
  assert.deepEqual(["sea", "old days", "a/b", "c++", "🌊"].map(isTag), [true, true, true, true, false]);
});

const questions = [...typedQuestions(), QUESTION];

test("leaving out a filter changes nothing else of a question, whatever it is", () => {
  for (const typed of questions) {
    const before = parseQuery(typed);
    for (const filter of before.filters) {
      const after = parseQuery(without(typed, [filter]));
      const others = before.filters.filter((one) => one !== filter);
      assert.deepEqual(meant(after), meant({ ...before, filters: others }), typed);
    }
  }
});

test("switching a tag on and off again leaves the question as it was meant", () => {
  for (const typed of questions) {
    if (filtersOf(typed).some((filter) => hasTag(filter, "new one"))) continue;
    const on = toggleTag(typed, "new one");
    assert.equal(filtersOf(on).filter((filter) => hasTag(filter, "new one")).length, 1, typed);
    assert.deepEqual(meant(parseQuery(toggleTag(on, "new one"))), meant(parseQuery(typed)), typed);
  }
});

/** What a question asks for, wherever it says so. */
function meant({ text, filters, phrases, excluded, excludedPhrases, operands }: Query): unknown {
  const asked = filters.map(({ kind, value, excluded }) => [kind, value, excluded]);
  return [text.split(/\s+/).join(" ").trim(), asked, phrases, excluded, excludedPhrases, operands];
}

/** The golden cases of questions. */
function typedQuestions(): string[] {
  const cases = JSON.parse(readFileSync("../tests/cases/queries.json", "utf8")) as { typed: string }[];
  return cases.map(({ typed }) => typed);
}

test("quick choices reach back from the newest note, as far as there are notes", () => {
  assert.deepEqual(spansOf(["2024-11-02", "2025-03-10"]), [
    { name: "Newest 30 days", after: "2025-02-08", before: "2025-03-10" },
    { name: "2025", after: "2025-01-01", before: "2025-12-31" },
    { name: "2024", after: "2024-01-01", before: "2024-12-31" },
  ]);
});

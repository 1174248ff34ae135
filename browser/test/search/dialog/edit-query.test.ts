// Filters as the text of a question, and the menu's way of changing it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  daysOf,
  filtersOf,
  toggleTag,
  withDays,
  without,
  wordsOf,
} from "../../../src/search/dialog/edit-query.ts";
import { spansOf } from "../../../src/search/dialog/filter-menu.ts";

const QUESTION = 'tag:sea -tag:"old days" how high after:2024-01-01 is it';

test("filters are told from words", () => {
  assert.deepEqual(
    filtersOf(QUESTION).map(({ name, value, not }) => [name, value, not]),
    [
      ["tag", "sea", false],
      ["tag", "old days", true],
      ["after", "2024-01-01", false],
    ],
  );
  assert.equal(wordsOf(QUESTION), "how high is it");
});

test("a word with a colon is no filter, and a name needs a value", () => {
  assert.deepEqual(filtersOf("http://a.example tag: note:x metatag:y"), []);
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
  assert.equal(without(QUESTION, second), "tag:sea how high after:2024-01-01 is it");
});

test("quick choices reach back from the newest note, as far as there are notes", () => {
  assert.deepEqual(spansOf(["2024-11-02", "2025-03-10"]), [
    { name: "Newest 30 days", after: "2025-02-08", before: "2025-03-10" },
    { name: "2025", after: "2025-01-01", before: "2025-12-31" },
    { name: "2024", after: "2024-01-01", before: "2024-12-31" },
  ]);
});

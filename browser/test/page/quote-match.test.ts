// Passages are found in pages that say the same with other signs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findPassage, findWords, lettersOf } from "../../src/page/quote-match.ts";

/** The part of the texts, joined by `|`, that the stretch covers. */
function shown(texts: string[], quote: { start: string; end: string }, from = 0): string | undefined {
  const letters = lettersOf(texts.map((text, number) => [number, text] as const));
  const stretch = findPassage(letters.text, quote, from);
  return stretch && letters.text.slice(stretch.start, stretch.end);
}

test("signs, spaces and the edges of elements do not count", () => {
  const texts = ["It’s a ", "very", " long-ish", "\n  walk; then rest."];
  assert.equal(shown(texts, { start: "It's a very longish", end: "" }), "Itsaverylongish");
  assert.equal(shown(texts, { start: "It's a very", end: "then rest" }), "Itsaverylongishwalkthenrest");
});

test("the first place after the heading is meant", () => {
  const { text } = lettersOf([[0, "same words, other words, same words"]]);
  assert.deepEqual(findPassage(text, { start: "same words", end: "" }, 0), { start: 0, end: 9 });
  assert.deepEqual(findPassage(text, { start: "same words", end: "" }, 1), { start: 19, end: 28 });
});

test("a formula in the quote costs the half that holds it", () => {
  const page = ["The area is ", "π r 2", " and so the pizza is larger."];
  const quote = { start: "\\pi r^2 ist the thing and so the pizza is larger", end: "" };
  assert.equal(shown(page, quote), "sothepizzaislarger");
});

test("where the beginning cannot be found the end is marked, and the other way round", () => {
  assert.equal(shown(["one two three four"], { start: "zzzzzzzzzz", end: "three four" }), "threefour");
  assert.equal(shown(["one two three four"], { start: "one two", end: "zzzzzzzzzz" }), "onetwo");
  assert.equal(shown(["one two three four"], { start: "zzzzzzzzzz", end: "yyyyyyyyyy" }), undefined);
});

test("an end that is too far belongs to another passage", () => {
  const far = ["one two three ", "filler ".repeat(2000), "the end"];
  assert.equal(shown(far, { start: "one two three", end: "the end" }), "onetwothree");
});

test("two characters of Chinese are enough, nothing is not", () => {
  assert.equal(shown(["我們看到東京都。"], { start: "東京", end: "" }), "東京");
  assert.equal(shown(["text"], { start: "…", end: "" }), undefined);
});

test("words are marked whole, in any case, and inside runs that have no spaces", () => {
  const { text, runs } = lettersOf([[0, "Steam and steamers in 東京都"]]);
  const found = findWords(runs, { start: 0, end: text.length }, ["steam", "京都"]);
  assert.deepEqual(
    found.map(({ run, from, to }) => [run.text, run.text.slice(from, to)]),
    [
      ["Steam", "Steam"],
      ["東京都", "京都"],
    ],
  );
});

test("words outside of the passage are left alone", () => {
  const { runs } = lettersOf([[0, "steam and steam"]]);
  assert.equal(findWords(runs, { start: 5, end: 13 }, ["steam"]).length, 1);
});

// How a link carries the passage that its page is to mark.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, fragmentOf, readFragment } from "../../src/lib/text-fragment.ts";

const LONG =
  "When the moon and the sun pull together, the tide is highest, and the harbour fills to the second step.\n" +
  "Seven days later they pull at right angles, and the water hardly moves at all.";

test("a short passage is carried whole", () => {
  assert.deepEqual(fragmentOf("Flour and\nwater.", ["flour"]), {
    start: "Flour and water.",
    end: "",
    words: ["flour"],
  });
});

test("of a long passage both ends are carried, cut between words", () => {
  const { start, end } = fragmentOf(LONG, []);
  assert.equal(start, "When the moon and the sun pull together, the tide is ");
  assert.equal(end, "pull at right angles, and the water hardly moves at all.");
});

test("a long passage without spaces is cut between characters", () => {
  const { start, end } = fragmentOf("𠀀𠀁".repeat(60), []);
  assert.ok(start.length >= 58 && "𠀀𠀁".repeat(60).startsWith(start));
  assert.ok(end.length >= 58 && "𠀀𠀁".repeat(60).endsWith(end));
});

test("what stands behind the # comes out as it went in", () => {
  const fragment = { start: "50 % + 1 & more? #yes", end: "“the end” = 終", words: ["50", "終"] };
  const address = addressOf("sea/Tides.html", "spring-tides?", fragment);
  assert.equal(address.split("#").length, 2);
  assert.deepEqual(readFragment(new URL(address, "https://host.example/").hash), {
    anchor: "spring-tides%3F",
    fragment,
  });
});

test("the top of a page has no anchor, and its passage is carried all the same", () => {
  assert.equal(addressOf("a.html", "", { start: "Hello", end: "", words: [] }), "a.html#?mark=Hello");
  assert.equal(addressOf("a.html", ""), "a.html");
  assert.equal(addressOf("a.html", "b c"), "a.html#b%20c");
});

test("other people's fragments carry nothing", () => {
  for (const hash of ["", "#oven", "#a?b", "#a?mark=", "#?"]) assert.equal(readFragment(hash), undefined);
});

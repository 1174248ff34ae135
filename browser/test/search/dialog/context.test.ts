// Passages as Markdown for a chat.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hit } from "../../../src/lib/namespace.ts";
import { contextOf } from "../../../src/search/dialog/context.ts";

const HIT: Hit = {
  url: "sea/High [and] (low) *.html",
  anchor: "spring tides",
  title: "High [and] low",
  heading: "Spring_tides",
  date: "2024-09-25",
  passage: "When the moon pulls.\nAnd the sun.",
  excerpt: "When the moon pulls. And the sun.",
  marks: [],
  titleMarks: [],
  headingMarks: [],
  tags: [],
  sections: [],
  score: 1,
  why: "words",
};

test("question, title with its address, heading, day and whole passage", () => {
  const { text, passages } = contextOf(" how high? ", [HIT], "https://host.example/notes/");
  assert.equal(passages, 1);
  assert.equal(
    text,
    [
      "Question: how high?",
      "From these notes:",
      "## [High \\[and\\] low](https://host.example/notes/sea/High%20%5Band%5D%20%28low%29%20*.html#spring%20tides) › Spring\\_tides",
      "2024-09-25",
      "> When the moon pulls.\n>\n> And the sun.\n",
    ].join("\n\n"),
  );
});

test("where a disk keeps its files is nobody's business", () => {
  const { text } = contextOf(
    "x",
    [{ ...HIT, url: "a.html", anchor: "", heading: "" }],
    "file:///home/ada/site/",
  );
  assert.match(text, /^## \[High \\\[and\\\] low\]\(a\.html\)$/m);
  assert.doesNotMatch(text, /home/);
});

test("a heading that only repeats the title is left out, and five passages are enough", () => {
  const hits = Array.from({ length: 10 }, () => ({ ...HIT, heading: HIT.title }));
  const { text, passages } = contextOf("x", hits, "https://host.example/");
  assert.deepEqual([passages, text.match(/^## /gm)?.length], [5, 5]);
  assert.doesNotMatch(text, /›/);
});

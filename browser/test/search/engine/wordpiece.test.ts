// Tokens of queries against the bundled model's whole vocabulary, by the golden cases that Python's test reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cutTokens, type Pieces } from "../../../src/search/engine/wordpiece.ts";
import { rules } from "./recorded.ts";

interface Case {
  text: string;
  tokens: string[];
}

const cases = JSON.parse(readFileSync("../tests/cases/wordpiece.json", "utf8")) as Case[];
const tokenizer = JSON.parse(readFileSync("../models/all-MiniLM-L6-v2/tokenizer.json", "utf8"));
const tokens = Object.keys(tokenizer.model.vocab as Record<string, number>);

function pieces(prefix: string): Pieces<string> {
  const found = tokens.filter((token) => token.startsWith(prefix) && !/^\[.+\]$/.test(token));
  const own = new Map(found.map((token) => [token.slice(prefix.length), token]));
  return { around: async () => own };
}

const words = pieces("");
const continuations = pieces("##");

for (const { text, tokens } of cases) {
  test(`tokens of ${JSON.stringify(text.slice(0, 40))}`, async () => {
    assert.deepEqual(await cutTokens(text, words, continuations, rules.maxWordLength), tokens);
  });
}

// What time a question speaks of, by the golden cases that Python's test reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { numbered } from "../../../src/search/engine/manifest.ts";
import { daysOf } from "../../../src/search/engine/query.ts";
import { timeOf } from "../../../src/search/engine/times.ts";
import { rules } from "./recorded.ts";

interface Case {
  text: string;
  newest: string;
  days: [string, string] | null;
  words: string[];
  languages?: string[];
  months?: string[];
}

const cases = JSON.parse(readFileSync("../tests/cases/times.json", "utf8")) as Case[];
const ordinal = (day: string) => daysOf(day)?.[0] as number;

for (const { text, newest, days, words, languages = [], months = [] } of cases) {
  test(`what time ${JSON.stringify(text)} speaks of, seen from ${newest} ${languages}`, () => {
    const time = timeOf(text, ordinal(newest), numbered(months), rules);
    assert.deepEqual(time && [time.first, time.last], days ? days.map(ordinal) : undefined);
    assert.deepEqual(Array.from(time?.words ?? []).sort(), words);
  });
}

// The part of a passage that shows why it was found; notegen/search/snippet.py is the same in Python.

import type { Stems } from "./stems.ts";
import { type QueryTerm, tokenSpans } from "./tokens.ts";

const LONGEST = 240;
const BEFORE = 60;

/** Plain text in one line, and the words to mark: `text.slice(start, end)`, ascending. */
export interface Excerpt {
  text: string;
  marks: [number, number][];
}

interface Spot {
  start: number;
  end: number;
  words: Set<string>;
}

/** The first stretch of the passage that holds the most of the query's words; its beginning when it holds none. */
export function cutExcerpt(text: string, wanted: QueryTerm[], stems: Stems): Excerpt {
  const flat = text.replace(/\n/g, " ");
  const spots = findSpots(flat, wanted, stems);
  let start = startOf(spots);
  let end = Math.min(flat.length, start + LONGEST);
  while (start && !/\s/.test(flat[start - 1] as string) && start > end - LONGEST - 20) start -= 1;
  if (end < flat.length) end = wordEnd(flat, end);
  const head = start ? "…" : "";
  const shift = head.length - start;
  return {
    text: head + flat.slice(start, end) + (end < flat.length ? "…" : ""),
    marks: join(spots.filter((spot) => start <= spot.start && spot.end <= end)).map(([a, b]) => [
      a + shift,
      b + shift,
    ]),
  };
}

/** Where the query's words stand in a text, in any of their forms, ascending. */
export function findSpots(text: string, wanted: QueryTerm[], stems: Stems): Spot[] {
  const keys = wanted.map((word) => new Set(stems.stemsOf(word.token)));
  const spots: Spot[] = [];
  for (const { token, start, end } of tokenSpans(text)) {
    const own = stems.stemsOf(token);
    wanted.forEach(({ token: { form }, prefix }, i) => {
      if (!(prefix && token.form.startsWith(prefix)) && !own.some((key) => keys[i]?.has(key))) return;
      const last = spots[spots.length - 1];
      if (last?.start === start && last.end === end) last.words.add(form);
      else spots.push({ start, end, words: new Set([form]) });
    });
  }
  return spots;
}

/** The spots, those that touch as one: pairs of characters overlap. */
function join(spots: Spot[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const { start, end } of spots) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
    else joined.push([start, end]);
  }
  return joined;
}

function startOf(spots: Spot[]): number {
  let best = 0;
  let found = 0;
  spots.forEach(({ start }, index) => {
    const seen = new Set<string>();
    for (const spot of spots.slice(index)) {
      if (spot.end > start - BEFORE + LONGEST) break;
      for (const word of spot.words) seen.add(word);
    }
    if (seen.size > found) {
      best = Math.max(0, start - BEFORE);
      found = seen.size;
    }
  });
  return best;
}

function wordEnd(text: string, end: number): number {
  const space = text.lastIndexOf(" ", end - 1);
  return space > end - 40 ? space : end;
}

// The part of a passage that shows why it was found; notegen/ranking/excerpt.py is the same in Python.

import { spotTerms, type Wanted } from "./words.ts";

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
export function cutExcerpt(text: string, wanted: Wanted[]): Excerpt {
  const flat = text.replace(/\n/g, " ");
  const spots = findSpots(flat, wanted);
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

/** Where the query's words stand in a text, ascending. */
export function findSpots(text: string, wanted: Wanted[]): Spot[] {
  const spots: Spot[] = [];
  for (const term of spotTerms(text)) {
    for (const word of wanted) {
      if (term.text !== word.term && !(word.prefix && term.text.startsWith(word.prefix))) continue;
      const last = spots[spots.length - 1];
      if (last?.start === term.start && last.end === term.end) last.words.add(word.term);
      else spots.push({ start: term.start, end: term.end, words: new Set([word.term]) });
    }
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

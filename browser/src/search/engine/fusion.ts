// One ranking from two; notegen/search/fusion.py is the same in Python and gives the reasons.

import { rangeOf } from "../../lib/ranges.ts";
import type { Near } from "./vector-index.ts";

const UNLIKE = 0.25;
const UNSEEN = 0.5;
const TELLING_WORDS = 0.1;
const TELLING_MEANING = 0.5;

/** What brought a note; filters alone bring notes to a question that has nothing else. */
export type Why = "words" | "meaning" | "words and meaning" | "filters";

/** A note of the ranking: `score` is 0 to 1. */
export interface Ranked {
  note: number;
  score: number;
  why: Why;
}

/**
 * Notes best first; `near` says how close notes are, or is undefined to rank by words alone; those of `pinned` come
 * before all others.
 */
export function fuse(
  words: Map<number, number>,
  near: Near | undefined,
  weight: number,
  limit: number,
  pinned: Set<number> = new Set(),
): Ranked[] {
  const ranked: Ranked[] = [];
  if (!near) {
    for (const [note, score] of words)
      ranked.push({ note, score: pinned.has(note) ? 1 : score, why: "words" });
    return best(ranked, words, limit, pinned);
  }
  let closest = near.cosines.size ? -2 : near.mean;
  for (const cosine of near.cosines.values()) closest = Math.max(closest, cosine);
  for (const note of new Set([...words.keys(), ...near.cosines.keys()])) {
    const said = words.get(note) ?? 0;
    const cosine = near.cosines.get(note);
    const like = cosine === undefined ? UNSEEN : scaled(cosine, near.mean, closest);
    if (said || (weight && cosine !== undefined && cosine >= UNLIKE && like > 0)) {
      const score = pinned.has(note) ? 1 : (1 - weight) * said + weight * like;
      const telling = cosine !== undefined && cosine >= UNLIKE ? like : 0;
      ranked.push({ note, score, why: whyOf(said, telling) });
    }
  }
  return best(ranked, words, limit, pinned);
}

/** How close notes are: as their closest passage; `starts` says where each note's passages begin. */
export function noteBests(near: Near, starts: number[]): Near {
  const cosines = new Map<number, number>();
  for (const [passage, cosine] of near.cosines) {
    const note = rangeOf(starts, passage);
    cosines.set(note, Math.max(cosines.get(note) ?? -2, cosine));
  }
  return { cosines, mean: near.mean };
}

/** Which of a note's passages to show, by the same weights; ties to the first. */
export function bestPassage(words: number[], cosines: (number | undefined)[], weight: number): number {
  const most = Math.max(...words) || 1;
  const known = cosines.filter((cosine) => cosine !== undefined);
  const closest = Math.max(...known);
  const furthest = Math.min(...known);
  const worth = words.map((score, i) => {
    const said = score / most;
    return places(
      known.length ? (1 - weight) * said + weight * (1 - (closest - (cosines[i] ?? furthest))) : said,
    );
  });
  return worth.indexOf(Math.max(...worth));
}

/** From 0, the garden's mean or less, to 1, the best note; 1 where there is no difference. */
function scaled(cosine: number, mean: number, closest: number): number {
  return closest - mean >= 1e-9 ? Math.max(0, (cosine - mean) / (closest - mean)) : 1;
}

function whyOf(said: number, like: number): Why {
  const byWords = said >= TELLING_WORDS;
  const byMeaning = like >= TELLING_MEANING;
  if (said && !(byWords && byMeaning)) return byMeaning ? "meaning" : "words";
  return said ? "words and meaning" : "meaning";
}

function best(ranked: Ranked[], words: Map<number, number>, limit: number, pinned: Set<number>): Ranked[] {
  const order = (a: Ranked, b: Ranked) =>
    Number(pinned.has(b.note)) - Number(pinned.has(a.note)) ||
    places(b.score) - places(a.score) ||
    places(words.get(b.note) ?? 0) - places(words.get(a.note) ?? 0) ||
    a.note - b.note;
  return ranked.sort(order).slice(0, limit);
}

/** To six places, so that the last bits of a sum decide nothing. */
function places(score: number): number {
  return Math.floor(score * 1e6 + 0.5);
}

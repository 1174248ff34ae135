// One ranking from two; notegen/search/fusion.py is the same in Python and gives the reasons.

import { rangeOf } from "../../lib/binary-search.ts";
import type { Why } from "../../lib/namespace.ts";
import type { Rules } from "./rules.ts";
import type { PassageScores } from "./vector-index.ts";

/** A note of the ranking: `score` is 0 to 1. */
export interface Ranked {
  note: number;
  score: number;
  why: Why;
}

/** How close notes are to a query. */
export interface NoteScores {
  /** By note; those of which no passage was looked at are missing. */
  cosines: Map<number, number>;
  /** About the cosine of the mean of all passages. */
  mean: number;
}

/**
 * Notes best first; `closeness` says how close notes are, or is undefined to rank by words alone; those of `pinned` come
 * before all others.
 */
export function fuse(
  words: Map<number, number>,
  closeness: NoteScores | undefined,
  weight: number,
  limit: number,
  pinned: Set<number>,
  rules: Rules,
): Ranked[] {
  const ranked: Ranked[] = [];
  if (!closeness) {
    for (const [note, score] of words)
      ranked.push({ note, score: pinned.has(note) ? 1 : score, why: "words" });
    return best(ranked, words, limit, pinned, rules);
  }
  let closest = closeness.cosines.size ? -2 : closeness.mean;
  for (const cosine of closeness.cosines.values()) closest = Math.max(closest, cosine);
  for (const note of new Set([...words.keys(), ...closeness.cosines.keys()])) {
    const lexical = words.get(note) ?? 0;
    const cosine = closeness.cosines.get(note);
    const semantic =
      cosine === undefined ? rules.unscannedSimilarity : scaled(cosine, closeness.mean, closest, rules);
    if (lexical || (weight && cosine !== undefined && cosine >= rules.minCosine && semantic > 0)) {
      const score = pinned.has(note) ? 1 : (1 - weight) * lexical + weight * semantic;
      const convincing = cosine !== undefined && cosine >= rules.minCosine ? semantic : 0;
      ranked.push({ note, score, why: whyOf(lexical, convincing, rules) });
    }
  }
  return best(ranked, words, limit, pinned, rules);
}

/** How close notes are: as their closest passage; `starts` says where each note's passages begin. */
export function noteScores(scores: PassageScores, starts: number[]): NoteScores {
  const cosines = new Map<number, number>();
  for (const [passage, cosine] of scores.cosines) {
    const note = rangeOf(starts, passage);
    cosines.set(note, Math.max(cosines.get(note) ?? -2, cosine));
  }
  return { cosines, mean: scores.mean };
}

/** Which of a note's passages to show, by the same weights; ties to the first. */
export function bestPassage(
  words: number[],
  cosines: (number | undefined)[],
  weight: number,
  rules: Rules,
): number {
  const most = Math.max(...words) || 1;
  const known = cosines.filter((cosine) => cosine !== undefined);
  const closest = Math.max(...known);
  const furthest = Math.min(...known);
  const worth = words.map((score, i) => {
    const lexical = score / most;
    return scoreSteps(
      known.length ? (1 - weight) * lexical + weight * (1 - (closest - (cosines[i] ?? furthest))) : lexical,
      rules,
    );
  });
  return worth.indexOf(Math.max(...worth));
}

/** From 0, the garden's mean or less, to 1, the best note; 1 where there is no difference. */
function scaled(cosine: number, mean: number, closest: number, { minCosineRange }: Rules): number {
  return closest - mean >= minCosineRange ? Math.max(0, (cosine - mean) / (closest - mean)) : 1;
}

function whyOf(lexical: number, semantic: number, { whyThresholds }: Rules): Why {
  const byWords = lexical >= whyThresholds[0];
  const byMeaning = semantic >= whyThresholds[1];
  if (lexical && !(byWords && byMeaning)) return byMeaning ? "meaning" : "words";
  return lexical ? "words and meaning" : "meaning";
}

function best(
  ranked: Ranked[],
  words: Map<number, number>,
  limit: number,
  pinned: Set<number>,
  rules: Rules,
): Ranked[] {
  const order = (a: Ranked, b: Ranked) =>
    Number(pinned.has(b.note)) - Number(pinned.has(a.note)) ||
    scoreSteps(b.score, rules) - scoreSteps(a.score, rules) ||
    scoreSteps(words.get(b.note) ?? 0, rules) - scoreSteps(words.get(a.note) ?? 0, rules) ||
    a.note - b.note;
  return ranked.sort(order).slice(0, limit);
}

/** A score in whole numbers, so that the last bits of a sum decide nothing. */
function scoreSteps(score: number, rules: Rules): number {
  return Math.floor(score * rules.scoreSteps + 0.5);
}

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
interface NoteScores {
  /** By note; those of which no passage was looked at are missing. */
  cosines: Map<number, number>;
  /** About the cosine of the mean of all passages. */
  mean: number;
  /** What notes count less close than they are when they are ranked; what is near enough to be shown stays so. */
  discounts: Map<number, number>;
}

/**
 * Notes best first; `closeness` says how close notes are, or is undefined to rank by words alone; those of `pinned` come
 * before all others, the lowest number first; below `minCosine` a note without a word of the query is not shown; `levels`
 * says how well the model knows each note, for this query, or is undefined for very well.
 */
export function fuse(
  words: Map<number, number>,
  closeness: NoteScores | undefined,
  weight: number,
  limit: number,
  pinned: Map<number, number>,
  minCosine: number,
  levels: ReadonlyMap<number, number> | undefined,
  rules: Rules,
): Ranked[] {
  const ranked: Ranked[] = [];
  if (!closeness) {
    for (const note of new Set([...words.keys(), ...pinned.keys()]))
      ranked.push({ note, score: pinned.has(note) ? 1 : (words.get(note) as number), why: "words" });
    return best(ranked, words, limit, pinned, new Set(), rules);
  }
  const counted = new Map<number, number>();
  for (const [note, cosine] of closeness.cosines)
    counted.set(note, cosine - (closeness.discounts.get(note) ?? 0));
  let closest = counted.size ? -2 : closeness.mean;
  for (const cosine of counted.values()) closest = Math.max(closest, cosine);
  const unscanned: Ranked[] = [];
  let lowestNear = 1;
  for (const note of new Set([...words.keys(), ...closeness.cosines.keys(), ...pinned.keys()])) {
    const lexical = words.get(note) ?? 0;
    const level = levels?.get(note) ?? rules.maxFamiliarity;
    const share = levelWeight(weight, level, rules);
    const cosine = closeness.cosines.get(note);
    const semantic =
      cosine === undefined
        ? rules.unscannedSimilarity
        : scaled(counted.get(note) as number, closeness.mean, closest, rules);
    const isClose = cosine !== undefined && cosine >= minCosine;
    const hasWords = lexical > 0 || pinned.has(note);
    const mayBeMeant = weight > 0 && isClose && level >= rules.minMeantFamiliarity;
    if (!hasWords && !(mayBeMeant && semantic > 0)) continue;
    const score = pinned.has(note) ? 1 : noteScore(lexical, semantic, share, level, rules);
    const isNear = isClose && semantic >= rules.nearSimilarity;
    // What is said of a note that the model hardly knows puts no other behind it.
    if (isNear && weight && level === rules.maxFamiliarity) lowestNear = Math.min(lowestNear, score);
    (cosine === undefined ? unscanned : ranked).push({ note, score, why: whyOf(hasWords, isNear) });
  }
  // A note that was not looked at never comes before one that was and is near.
  for (const one of unscanned)
    ranked.push(pinned.has(one.note) ? one : { ...one, score: Math.min(one.score, lowestNear) });
  const behind = new Set(unscanned.map(({ note }) => note));
  return best(ranked, words, limit, pinned, behind, rules);
}

/** What a note is worth; of one that the model hardly knows meaning takes from what the words say, in proportion. */
function noteScore(
  words: number,
  similarity: number,
  share: number,
  level: number,
  { minMeantFamiliarity }: Rules,
): number {
  if (level < minMeantFamiliarity) return words * (1 - share + share * similarity);
  return (1 - share) * words + share * similarity;
}

/** How much meaning counts for a note that the model knows so well; `weight` where it knows it. */
export function levelWeight(weight: number, level: number, { maxFamiliarity }: Rules): number {
  return (weight * level) / maxFamiliarity;
}

/**
 * How close notes are: as their closest passage, a long one somewhat less where a question `isPrecise`; `starts` says
 * where each note's passages begin.
 */
export function noteScores(
  scores: PassageScores,
  starts: number[],
  isPrecise: boolean,
  rules: Rules,
): NoteScores {
  const cosines = new Map<number, number>();
  for (const [passage, cosine] of scores.cosines) {
    const note = rangeOf(starts, passage);
    cosines.set(note, Math.max(cosines.get(note) ?? -2, cosine));
  }
  const discounts = isPrecise ? discountsOf(cosines.keys(), starts, rules) : new Map();
  return { cosines, mean: scores.mean, discounts };
}

/** What notes count less close for having more passages than the shortest of them. */
function discountsOf(notes: Iterable<number>, starts: number[], rules: Rules): Map<number, number> {
  const lengths = new Map<number, number>();
  let shortest = Number.POSITIVE_INFINITY;
  for (const note of notes) {
    const length = ((starts[note + 1] as number) - (starts[note] as number) - 1) / rules.lengthUnit;
    lengths.set(note, length);
    shortest = Math.min(shortest, length);
  }
  for (const [note, length] of lengths)
    lengths.set(note, rules.lengthDiscount * Math.log((1 + length) / (1 + shortest)));
  return lengths;
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

/** `meaning` only of a note without a word of the query. */
function whyOf(hasWords: boolean, isNear: boolean): Why {
  if (!hasWords) return "meaning";
  return isNear ? "words and meaning" : "words";
}

/** In order; of equal scores, notes of `behind` are the last. */
function best(
  ranked: Ranked[],
  words: Map<number, number>,
  limit: number,
  pinned: Map<number, number>,
  behind: Set<number>,
  rules: Rules,
): Ranked[] {
  const place = (note: number) => pinned.get(note) ?? Number.MAX_SAFE_INTEGER;
  const order = (a: Ranked, b: Ranked) =>
    place(a.note) - place(b.note) ||
    scoreSteps(b.score, rules) - scoreSteps(a.score, rules) ||
    Number(behind.has(a.note)) - Number(behind.has(b.note)) ||
    scoreSteps(words.get(b.note) ?? 0, rules) - scoreSteps(words.get(a.note) ?? 0, rules) ||
    a.note - b.note;
  return ranked.sort(order).slice(0, limit);
}

/** A score in whole numbers, so that the last bits of a sum decide nothing. */
export function scoreSteps(score: number, rules: Rules): number {
  return Math.floor(score * rules.scoreSteps + 0.5);
}

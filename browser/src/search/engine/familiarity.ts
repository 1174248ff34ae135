// How well the model knows a question and the notes; notegen/text/familiarity.py is the same in Python and gives the reasons.

import type { Rules } from "./rules.ts";
import { splitWords } from "./wordpiece.ts";

/** How well the model knows the words of the garden. */
export interface Familiarity {
  /** Of a thousand words of the garden those that are tokens. */
  share: number;
  /** The level of each note by its number. */
  levels: ReadonlyMap<number, number>;
}

/** Reads what the manifest says: a digit for each of the numbers of notes, or one for all. */
export function readFamiliarity(
  { share, levels }: { share: number; levels: string },
  notes: number[],
): Familiarity {
  const level = (place: number) => Number(levels.length > 1 ? levels[place] : levels);
  return { share, levels: new Map(notes.map((note, place) => [note, level(place)])) };
}

/** The words of a question, as the model's tokens are written; what has no letter is none. */
export function wordsOf(question: string): string[] {
  return splitWords(question).filter((word) => /\p{L}/u.test(word));
}

/** How far the model is to be trusted with a question of `all` words, of which `known` are tokens. */
export function questionLevel(
  known: number,
  all: number,
  { share: garden }: Familiarity,
  rules: Rules,
): number {
  const { maxFamiliarity, minFamiliarity, minKnownShare, maxKnownShare, shareUnit, questionPriorWords } =
    rules;
  const share = Math.floor((shareUnit * known + questionPriorWords * garden) / (all + questionPriorWords));
  const level = Math.floor(((share - minKnownShare) * maxFamiliarity) / (maxKnownShare - minKnownShare));
  return Math.min(maxFamiliarity, Math.max(minFamiliarity, level));
}

// One ranking from two; notegen/ranking/fuse.py is the same in Python and gives the reasons.

const UNLIKE = 0.25;
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

/** Notes best first; `meaning` is the cosine of each note's best passage, or undefined to rank by words alone. */
export function fuse(
  words: Map<number, number>,
  meaning: Float64Array | undefined,
  weight: number,
  limit: number,
): Ranked[] {
  const ranked: Ranked[] = [];
  if (!meaning) {
    for (const [note, score] of words) ranked.push({ note, score, why: "words" });
    return best(ranked, words, limit);
  }
  const like = scaleMeaning(meaning);
  meaning.forEach((cosine, note) => {
    const said = words.get(note) ?? 0;
    const close = like[note] as number;
    if (said || (weight && cosine >= UNLIKE && close > 0)) {
      const score = (1 - weight) * said + weight * close;
      ranked.push({ note, score, why: whyOf(said, cosine >= UNLIKE ? close : 0) });
    }
  });
  return best(ranked, words, limit);
}

/** Which of a note's passages to show, by the same weights; ties to the first. */
export function bestPassage(words: number[], cosines: Float64Array | undefined, weight: number): number {
  const most = Math.max(...words) || 1;
  const closest = cosines ? Math.max(...cosines) : 0;
  const worth = words.map((score, i) => {
    const said = score / most;
    return places(cosines ? (1 - weight) * said + weight * (1 - (closest - (cosines[i] as number))) : said);
  });
  return worth.indexOf(Math.max(...worth));
}

/** The cosines from 0, the mean or less, to 1, the best; all 1 where all are the same. */
function scaleMeaning(cosines: Float64Array): Float64Array {
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  const closest = cosines.reduce((most, cosine) => Math.max(most, cosine), -1);
  if (closest - mean < 1e-9) return cosines.map(() => 1);
  return cosines.map((cosine) => Math.max(0, (cosine - mean) / (closest - mean)));
}

function whyOf(said: number, like: number): Why {
  const byWords = said >= TELLING_WORDS;
  const byMeaning = like >= TELLING_MEANING;
  if (said && !(byWords && byMeaning)) return byMeaning ? "meaning" : "words";
  return said ? "words and meaning" : "meaning";
}

function best(ranked: Ranked[], words: Map<number, number>, limit: number): Ranked[] {
  const order = (a: Ranked, b: Ranked) =>
    places(b.score) - places(a.score) ||
    places(words.get(b.note) ?? 0) - places(words.get(a.note) ?? 0) ||
    a.note - b.note;
  return ranked.sort(order).slice(0, limit);
}

/** To six places, so that the last bits of a sum decide nothing. */
function places(score: number): number {
  return Math.floor(score * 1e6 + 0.5);
}

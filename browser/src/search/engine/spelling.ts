// Which words of a garden a misspelt one may mean; notegen/search/spelling.py is the same in Python and gives the
// reasons, notegen/search/shards/spelling.py cuts the words into shards.

import type { ShardSource } from "../../lib/shards.ts";
import type { IndexFacts } from "./manifest.ts";
import { textsBeginning } from "./marks.ts";
import { isNoSpaceScript } from "./tokens.ts";

/** The words that may be meant, of one site. */
export class Spelling {
  constructor(
    private readonly facts: IndexFacts,
    private readonly shards: ShardSource,
  ) {}

  /** The words nearest to a misspelt one, the commonest first, ties by alphabet; none where all are too far. */
  async corrections(form: string): Promise<string[]> {
    const { rules } = this.facts;
    if (
      form.length < rules.minCorrectedLength ||
      !/^[\p{L}]+$/u.test(form) ||
      /[\ud800-\udfff]/.test(form) ||
      isNoSpaceScript(form)
    )
      return [];
    const allowed = form.length < rules.minTwoEditsLength ? 1 : 2;
    const first = form.slice(0, form.length < rules.minLongStartLength ? rules.shortEnd : rules.longEnd);
    const last = reversed(form).slice(
      0,
      form.length < rules.minLongEndLength ? rules.shortEnd : rules.longEnd,
    );
    const [begun, ended] = await Promise.all([
      this.wordsOf("f", this.facts.forward, first),
      this.wordsOf("b", this.facts.backward, last),
    ]);
    const words = new Map([
      ...begun,
      ...Array.from(ended, ([word, size]) => [reversed(word), size] as [string, number]),
    ]);
    const near: { word: string; size: number; distance: number }[] = [];
    for (const [word, size] of words) {
      if (Math.abs(word.length - form.length) > allowed) continue;
      const distance = editDistance(form, word);
      if (distance <= allowed) near.push({ word, size, distance });
    }
    const least = Math.min(...near.map(({ distance }) => distance));
    return near
      .filter(({ distance }) => distance === least)
      .sort((a, b) => b.size - a.size || (a.word < b.word ? -1 : 1))
      .slice(0, rules.maxCorrections)
      .map(({ word }) => word);
  }

  /** The words that begin with some letters, no more than a shard's range has, each with its size class. */
  private async wordsOf(kind: string, firsts: string[], letters: string): Promise<[string, number][]> {
    const texts = await textsBeginning(this.shards, kind, firsts, letters);
    return texts.flatMap(readWords).filter(([word]) => word.startsWith(letters));
  }
}

/** How many edits make one word of the other, a swap of neighbours counted as one: optimal string alignment. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const last = before;
    before = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(
        (before[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (before[j - 1] as number) + wrong,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (last[j - 2] as number) + 1);
      row.push(cost);
    }
  }
  return row[b.length] as number;
}

function readWords(text: string): [string, number][] {
  let word = "";
  return Array.from(text.matchAll(/(\d)([^A-Z\d]*)([A-Z])/g), ([, shared, rest, size]) => {
    word = word.slice(0, Number(shared)) + rest;
    return [word, (size as string).charCodeAt(0) - 65];
  });
}

function reversed(word: string): string {
  return Array.from(word).reverse().join("");
}

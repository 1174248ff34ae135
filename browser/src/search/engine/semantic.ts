// What a question means: a direction, from the query table or from notes. notegen/search/engine.py is the same in Python.

import type { ShardSource } from "../../lib/shards.ts";
import { questionLevel, wordsOf } from "./familiarity.ts";
import type { SemanticFacts } from "./manifest.ts";
import { findNamed } from "./note-names.ts";
import { unit } from "./quantizer.ts";
import type { Operand, Query } from "./query.ts";
import { QueryTable } from "./query-table.ts";
import { isNoSpaceScript } from "./tokens.ts";
import { type PassageScores, VectorIndex } from "./vector-index.ts";

/** Meaning, over one site. */
export class SemanticIndex {
  readonly table: QueryTable;
  private readonly vectors: VectorIndex;

  constructor(
    private readonly facts: SemanticFacts,
    /** Where each note's passages begin, and the last one's end. */
    private readonly starts: number[],
    private readonly names: ShardSource,
    table: ShardSource,
    vectors: ShardSource,
  ) {
    this.table = new QueryTable(facts, table);
    this.vectors = new VectorIndex(facts, starts, vectors);
  }

  /** Loads what every question needs. */
  async prepare(): Promise<void> {
    await this.vectors.load();
  }

  /**
   * How close passages are, all of them or the given ones, those of `first` for sure; undefined for a question that means
   * nothing. `text` is the question as its words were understood; `share` of the usual number are looked at.
   */
  async scores(
    { operands }: Query,
    text: string,
    among: ReadonlySet<number> | undefined,
    first: ReadonlySet<number>,
    share: number,
  ): Promise<PassageScores | undefined> {
    const [direction] = await Promise.all([
      operands.length > 0 ? this.sum(operands) : this.table.encode(text),
      this.vectors.load(),
    ]);
    return direction && this.vectors.scores(direction, among, first, share);
  }

  /** How well the model knows each note and a question, the lower of both; undefined for very well. */
  async levels(question: string): Promise<Map<number, number> | undefined> {
    const { familiarity, rules } = this.facts;
    if (!familiarity) return undefined;
    const words = wordsOf(question);
    const known = await Promise.all(words.map((word) => !isNoSpaceScript(word) && this.table.knows(word)));
    const level = questionLevel(known.filter(Boolean).length, words.length, familiarity, rules);
    return new Map(Array.from(familiarity.levels, ([note, known]) => [note, Math.min(level, known)]));
  }

  /** The notes that operands name. */
  async named(operands: Operand[]): Promise<number[]> {
    const notes = await Promise.all(operands.map((operand) => this.noteOf(operand)));
    return notes.filter((note) => note >= 0);
  }

  /** The unit vector of a sum of meanings, each of which counts alike. */
  private async sum(operands: Operand[]): Promise<Float64Array | undefined> {
    const parts = await Promise.all(operands.map((operand) => this.direction(operand)));
    let total: Float64Array | undefined;
    parts.forEach((part, i) => {
      const { sign } = operands[i] as Operand;
      if (part) total = part.map((value, d) => (total ? (total[d] as number) + value * sign : value * sign));
    });
    return total && unit(total);
  }

  private async direction(operand: Operand): Promise<Float64Array | undefined> {
    const note = await this.noteOf(operand);
    if (note < 0) return this.table.encode(operand.text);
    return this.vectors.meanDirection(this.starts[note] as number, this.starts[note + 1] as number);
  }

  /** The note that an operand names; -1 for words, or a name that no note has, which count as words. */
  private async noteOf({ isNote, text }: Operand): Promise<number> {
    if (!isNote) return -1;
    const note = await findNamed(text, this.names);
    return (this.starts[note] ?? 0) < (this.starts[note + 1] ?? 0) ? note : -1;
  }
}

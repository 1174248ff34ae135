// What notes are called, for questions that name one in brackets, and for those that are a name, or nearly one.
// notegen/search/note_names.py is the same in Python and gives the reasons; notegen/search/shards/names.py cuts the shards.

import type { ShardSource } from "../../lib/shards.ts";
import type { IndexFacts } from "./manifest.ts";
import { textsBeginning } from "./marks.ts";
import { editDistance } from "./spelling.ts";
import { fold, lengthOf, phraseForm, singular } from "./tokens.ts";
import { Reader, readNumbers } from "./varint.ts";

/** How a question equals a name, and what kind of name: both the lower, the better. */
type NameMatch = [how: number, kind: number];

interface Name {
  /** Folded, one space between words, no signs. */
  words: string;
  /** Folded, with its signs. */
  written: string;
  notes: { note: number; kind: number }[];
}

const HEADING = 2;
const [AS_WRITTEN, EQUAL, NEAR, BEGUN, ASKED] = [0, 1, 2, 3, 4];

/** The number of the first note that goes by a name, case and accents aside; -1 when there is none. */
export async function findNamed(wanted: string, shards: ShardSource): Promise<number> {
  const folded = foldedName(wanted);
  for (const line of (await shards.load<string>("names")).split("\n")) {
    const [number, ...names] = line.split("\t");
    if (names.includes(folded)) return new Reader(number as string).number();
  }
  return -1;
}

/** The names of one site. */
export class NoteNames {
  constructor(
    private readonly facts: IndexFacts,
    private readonly shards: ShardSource,
  ) {}

  /** Whether a question is a name as it is written, signs and all. */
  async has(question: string): Promise<boolean> {
    const [letters, written] = [compact(phraseForm(question)), foldedName(question)];
    if (!letters || lengthOf(question) > this.facts.rules.maxNameLength) return false;
    return (await this.beginning("n", letters)).some((name) => name.written === written);
  }

  /**
   * The notes whose name a question is, or nearly is, or asks for behind stop words. `variants` are the question with its misspelt words put right;
   * `known` are its words that notes have, `inflected` those that they have in any form.
   */
  async find(
    question: string,
    variants: string[],
    words: { known: ReadonlySet<string>; inflected: ReadonlySet<string> },
  ): Promise<Map<number, NameMatch>> {
    const { rules, stopWords } = this.facts;
    if (lengthOf(question) > rules.maxNameLength) return new Map();
    const found = await this.findWhole(question, variants, words);
    const all = phraseForm(question).split(" ").filter(Boolean);
    const first = all.findIndex((word) => !stopWords.has(word));
    if (first < 0) return found;
    const behind = all.slice(first).join(" ");
    const asked = new Map<number, NameMatch>();
    for (const name of await this.beginning("n", compact(behind)))
      if (name.words === behind) add(asked, name, ASKED);
    for (const [note, match] of asked) if (match[1] !== HEADING && !found.has(note)) found.set(note, match);
    return found;
  }

  private async findWhole(
    question: string,
    variants: string[],
    { known, inflected }: { known: ReadonlySet<string>; inflected: ReadonlySet<string> },
  ): Promise<Map<number, NameMatch>> {
    const { rules, names } = this.facts;
    const words = phraseForm(question).trim();
    const letters = Array.from(compact(words));
    const found = new Map<number, NameMatch>();
    if (letters.length === 0) return found;
    const most = names.minEnd + rules.nameEndRange;
    const end = Math.min(most, Math.max(names.minEnd, Math.floor((letters.length - 2) / 2)));
    const around = await this.beginning("n", letters.slice(0, end).join(""));
    const written = foldedName(question);
    for (const name of around)
      if (name.words === words) add(found, name, name.written === written ? AS_WRITTEN : EQUAL);
    // One whole word that notes have is a question of its own.
    const begun = known.has(words)
      ? []
      : around.filter((name) => Array.from(name.written)[0] === Array.from(written)[0]);
    if (found.size > 0 || words.split(" ").length > rules.maxNearWords)
      return this.withBegun(found, begun, letters);
    const backward = await this.beginning("r", [...letters].reverse().slice(0, end).join(""));
    for (const name of [...around, ...backward])
      if (this.isNear(words, name.words, known, inflected)) add(found, name, NEAR);
    const meant = [...variants, ...this.swapped(words, known)].map((variant) => phraseForm(variant).trim());
    await Promise.all(
      meant.map(async (variant) => {
        for (const name of await this.beginning("n", compact(variant)))
          if (name.words === variant) add(found, name, NEAR);
      }),
    );
    return this.withBegun(found, begun, letters);
  }

  /** Also the notes whose names begin with the question, where they are few; headings are no such names. */
  private withBegun(
    found: Map<number, NameMatch>,
    around: Name[],
    letters: string[],
  ): Map<number, NameMatch> {
    const { minBegunLength, maxBegun } = this.facts.rules;
    if (letters.length < minBegunLength) return found;
    const begun = new Map<number, number>();
    for (const name of around) {
      if (!compact(name.words).startsWith(letters.join(""))) continue;
      for (const { note, kind } of name.notes)
        if (kind !== HEADING && !found.has(note)) begun.set(note, Math.min(kind, begun.get(note) ?? kind));
    }
    if (begun.size <= maxBegun) for (const [note, kind] of begun) found.set(note, [BEGUN, kind]);
    return found;
  }

  /** Whether a question's words are a name's but for spaces, plurals or typing errors; digits must be the same. */
  private isNear(a: string, b: string, known: ReadonlySet<string>, inflected: ReadonlySet<string>): boolean {
    if (compact(a) === compact(b)) return true;
    const { maxNameEdits, minCorrectedLength, minTwoEditsLength } = this.facts.rules;
    const [ours, theirs] = [a.split(" "), b.split(" ")];
    let left = maxNameEdits;
    for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
      const [one, other] = [ours[i] ?? "", theirs[i] ?? ""];
      if (one === other || (one && singular(one) === singular(other))) continue;
      const [length, otherLength] = [lengthOf(one), lengthOf(other)];
      if (known.has(one) || Math.min(length, otherLength) < minCorrectedLength - 1) return false;
      if (digits(one) !== digits(other)) return false;
      const allowed = length < minTwoEditsLength || inflected.has(one) ? 1 : 2;
      const distance = Math.abs(length - otherLength) <= allowed ? editDistance(one, other) : left + 1;
      left -= distance;
      if (distance > allowed || left < 0) return false;
    }
    return true;
  }

  /** An unknown word with two letters side by side swapped, in all ways. */
  private swapped(word: string, known: ReadonlySet<string>): string[] {
    const letters = Array.from(word);
    if (word.includes(" ") || known.has(word) || letters.length > this.facts.rules.maxSwappedLength)
      return [];
    const swapped = letters
      .slice(1)
      .map((letter, i) => [...letters.slice(0, i), letter, letters[i], ...letters.slice(i + 2)].join(""));
    return Array.from(new Set(swapped)).filter((other) => other !== word);
  }

  /** The names in an order that begin with some letters in it: `n` from their beginnings, `r` from their ends. */
  private async beginning(kind: "n" | "r", letters: string): Promise<Name[]> {
    const firsts = kind === "n" ? this.facts.names.forward : this.facts.names.backward;
    const texts = await textsBeginning(this.shards, kind, firsts, letters);
    const lines = texts.flatMap((text) => (text ? text.split("\n") : []));
    return lines
      .map((line) => line.split("\t") as [string, string, string])
      .filter(([words]) => orderOf(kind, words).startsWith(letters))
      .map(([words, written, notes]) => ({
        words,
        written: written || words,
        notes: readNumbers(notes)
          .map((number) => ({ note: Math.floor(number / 3), kind: number % 3 }))
          .filter(({ note }) => this.facts.norms.has(note)),
      }));
  }
}

/** The place of each note among those that come first: by how its name was found, then by the kind of name. */
export function orderOfMatches(matches: ReadonlyMap<number, NameMatch>): Map<number, number> {
  const worth = ([how, kind]: NameMatch) => how * 3 + kind;
  const ranks = Array.from(new Set(Array.from(matches.values(), worth))).sort((a, b) => a - b);
  return new Map(Array.from(matches, ([note, match]) => [note, ranks.indexOf(worth(match))]));
}

function foldedName(name: string): string {
  return fold(name).split(/\s+/u).filter(Boolean).join(" ");
}

function orderOf(kind: "n" | "r", words: string): string {
  return kind === "n" ? compact(words) : Array.from(compact(words)).reverse().join("");
}

function compact(words: string): string {
  return words.replace(/ /g, "");
}

function digits(word: string): string {
  return word.replace(/\P{Nd}/gu, "");
}

function add(found: Map<number, NameMatch>, { notes }: Name, how: number): void {
  for (const { note, kind } of notes) {
    const [bestHow, bestKind] = found.get(note) ?? [how, kind];
    if (how < bestHow || (how === bestHow && kind <= bestKind)) found.set(note, [how, kind]);
  }
}

// What the pieces of an index are called, so that an edit leaves most names; notegen/search/cut.py has the reasons.

import { rangeOf } from "../../lib/binary-search.ts";
import type { ShardSource } from "../../lib/shards.ts";

const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const DIGITS = "0123456789bcdfghjklmnpqrstvwxz";
const MARK_DIGITS = 6;

/** Six digits that stand for a text in the names of files. */
export function mark(text: string): string {
  let value = BASIS;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), PRIME);
  value = (value ^ (value >>> 15)) >>> 0;
  let digits = "";
  while (digits.length < MARK_DIGITS) {
    digits += DIGITS[value % DIGITS.length];
    value = Math.floor(value / DIGITS.length);
  }
  return digits;
}

/** The name of a piece with a range of sorted things, of which `firsts` are the first of each range. */
export function rangeName(kind: string, firsts: string[], number: number): string {
  return `${kind}-${mark(`${firsts[number]}\n${firsts[number + 1] ?? ""}`)}`;
}

/** The texts of those pieces of a kind, of which `firsts` are the first things, that may hold what begins with letters. */
export function textsBeginning(
  source: ShardSource,
  kind: string,
  firsts: string[],
  letters: string,
): Promise<string[]> {
  const names: string[] = [];
  for (let number = Math.max(0, rangeOf(firsts, letters)); number < firsts.length; number++) {
    const first = firsts[number] as string;
    if (first > letters && !first.startsWith(letters)) break;
    names.push(rangeName(kind, firsts, number));
  }
  return Promise.all(names.map((name) => source.load<string>(name)));
}

/** The pieces that lie in one folder of a source. */
export function inFolder(source: ShardSource, folder: string): ShardSource {
  return { load: (name, onLoad) => source.load(`${folder}/${name}`, onLoad) };
}

// Cuts a query into the tokens of an uncased BERT vocabulary, as `tokenizers` does in Python; tests/cases/wordpiece.json
// holds both together. The vocabulary comes in ranges, see notegen/search/shards/query_table.py: only those of the query's words load.

import { IDEOGRAPHS, SIGNS } from "./characters.ts";

const IDEOGRAPH = new RegExp(`[${IDEOGRAPHS}]`, "gu");
const DROPPED = /\ufffd|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}]/gu;
const SIGN = new RegExp(`[${SIGNS}]|\\p{P}`, "gu");

/** The tokens that begin words, or those that continue them, with what each is worth. */
export interface Pieces<Row> {
  /** The tokens of the range that holds `text`, among them the longest that `text` begins with. */
  around(text: string): Promise<ReadonlyMap<string, Row>>;
}

/** The rows of a text's tokens in order; a word that the vocabulary cannot spell has none. */
export async function cutTokens<Row>(
  text: string,
  words: Pieces<Row>,
  continuations: Pieces<Row>,
  maxWordLength: number,
): Promise<Row[]> {
  const written = splitWords(text).filter((word) => Array.from(word).length <= maxWordLength);
  const cut = await Promise.all(written.map((word) => cutWord(word, words, continuations)));
  return cut.flat();
}

/** The words and signs of a text, normalised as BERT does. */
export function splitWords(text: string): string[] {
  const plain = text
    .replace(DROPPED, "")
    .replace(IDEOGRAPH, " $& ")
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");
  // Letter by letter: a capital sigma at the end of a word is a small final one to a whole string, but not to BERT.
  const small = Array.from(plain, (letter) => letter.toLowerCase()).join("");
  return small.replace(SIGN, " $& ").split(/\s+/u).filter(Boolean);
}

async function cutWord<Row>(word: string, words: Pieces<Row>, continuations: Pieces<Row>): Promise<Row[]> {
  const characters = Array.from(word);
  const rows: Row[] = [];
  for (let start = 0; start < characters.length; ) {
    const found = await longest(characters, start, start ? continuations : words);
    if (!found) return [];
    rows.push(found.row);
    start = found.end;
  }
  return rows;
}

async function longest<Row>(characters: string[], start: number, pieces: Pieces<Row>) {
  const around = await pieces.around(characters.slice(start).join(""));
  for (let end = characters.length; end > start; end--) {
    const row = around.get(characters.slice(start, end).join(""));
    if (row !== undefined) return { row, end };
  }
  return undefined;
}

// What notes are called, for questions that name one; notegen/search/note_names.py writes it and is the same in Python.

import type { ShardSource } from "../../lib/shards.ts";
import { fold } from "./tokens.ts";

/** The number of the first note that goes by a name, case and accents aside; -1 when there is none. */
export async function findNamed(wanted: string, shards: ShardSource): Promise<number> {
  const folded = fold(wanted).split(/\s+/u).filter(Boolean).join(" ");
  const lines = (await shards.load<string>("names")).split("\n");
  return lines.findIndex((line) => line.split("\t").includes(folded));
}

// What hits show; notegen/search/shards/texts.py cuts it into shards of neighbouring passages.

import { rangeOf } from "../../lib/binary-search.ts";
import type { ShardSource } from "../../lib/shards.ts";
import type { IndexFacts } from "./manifest.ts";

/** A passage with its note. `url` counts from the site's root; `heading` and `anchor` are empty at the note's top. */
export interface Passage {
  title: string;
  url: string;
  date: string;
  anchor: string;
  heading: string;
  text: string;
}

type Piece = [anchor: string, heading: string, text: string];
type NoteRecord = [title: string, url: string, date: string, pieces: Piece[]];

/** The texts of one site. */
export class Texts {
  constructor(
    private readonly facts: IndexFacts,
    private readonly shards: ShardSource,
  ) {}

  /** The passage with this number, counted through the site. */
  async passage(number: number): Promise<Passage> {
    const shard = rangeOf(this.facts.firstPassages, number);
    let before = this.facts.firstPassages[shard] as number;
    for (const [title, url, date, pieces] of await this.shards.load<NoteRecord[]>(`p${shard}`)) {
      const piece = pieces[number - before];
      if (piece) return { title, url, date, anchor: piece[0], heading: piece[1], text: piece[2] };
      before += pieces.length;
    }
    throw new Error(`the search index has no passage ${number}`);
  }
}

// What hits show; notegen/search/shards/texts.py cuts it into shards of neighbouring passages.

import { rangeOf } from "../../lib/binary-search.ts";
import type { ShardSource } from "../../lib/shards.ts";
import type { IndexFacts } from "./manifest.ts";
import { mark } from "./marks.ts";

/** A passage with its note. `url` counts from the site's root; `heading` and `anchor` are empty at the note's top. */
export interface Passage {
  title: string;
  url: string;
  date: string;
  anchor: string;
  heading: string;
  text: string;
  tags: string[];
}

/** A passage of a note, by its number counted through the site, that begins below a heading. */
export interface Section {
  number: number;
  anchor: string;
  heading: string;
}

type Piece = [anchor: string, heading: string, text: string];
type NoteRecord = [title: string, url: string, date: string, pieces: Piece[], tags?: string[]];

/** The texts of one site. */
export class Texts {
  constructor(
    private readonly facts: IndexFacts,
    private readonly shards: ShardSource,
  ) {}

  /** The passage with this number, counted through the site. */
  async passage(number: number): Promise<Passage> {
    const [[title, url, date, pieces, tags = []], first] = await this.recordOf(number);
    const [anchor, heading, text] = pieces[number - first] as Piece;
    return { title, url, date, anchor, heading, text, tags };
  }

  /** The passages of the same note that are loaded with this one. */
  async sectionsBeside(number: number): Promise<Section[]> {
    const [[, , , pieces], first] = await this.recordOf(number);
    return pieces.map(([anchor, heading], place) => ({ number: first + place, anchor, heading }));
  }

  /** What the index says of the note with this passage, and the number of the first passage in it. */
  private async recordOf(number: number): Promise<[NoteRecord, first: number]> {
    const shard = rangeOf(this.facts.firstPassages, number);
    let first = this.facts.firstPassages[shard] as number;
    for (const record of await this.shards.load<NoteRecord[]>(this.nameOf(shard))) {
      if (number < first + record[3].length) return [record, first];
      first += record[3].length;
    }
    throw new Error(`the search index has no passage ${number}`);
  }

  /** A shard is called by the note and the passage of it that it begins with, and how many of each note it has. */
  private nameOf(shard: number): string {
    const { firstPassages, starts } = this.facts;
    const first = firstPassages[shard] as number;
    const end = firstPassages[shard + 1] ?? (starts[starts.length - 1] as number);
    const note = rangeOf(starts, first);
    const counts: number[] = [];
    for (let place = first, next = note; place < end; next++) {
      const after = Math.min(end, starts[next + 1] as number);
      if (after > place) counts.push(after - place);
      place = after;
    }
    return `p-${mark(`${note} ${first - (starts[note] as number)} ${counts.join(" ")}`)}`;
  }
}

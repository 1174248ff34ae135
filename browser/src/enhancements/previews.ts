// The beginnings of notes, for links that lead to them; notegen/render/parts/previews.py writes them.

import type { PieceSet, Pieces } from "../lib/pieces.ts";
import { addressIn, partsOf, urlHere } from "../lib/site-urls.ts";

/** By a note's URL, or with `#` and an anchor of it. */
type Records = Record<string, [title: string, day: string, heading: string, text: string]>;

/** What is known of a link's goal. */
export interface Preview {
  title: string;
  /** `2024-01-05`; empty where nobody chose it. */
  day: string;
  /** That of the section the link leads to; empty for the note as a whole. */
  heading: string;
  text: string;
}

/** The previews of a site. */
export class Previews {
  /**
   * @param home the address of the site's root
   * @param pieces has the previews; undefined in a garden without
   */
  constructor(
    private readonly home: string,
    private readonly pieces: Pieces | undefined,
  ) {}

  /** What is known of the goal of an address; undefined for one that is no note of the site. */
  async of(address: string): Promise<Preview | undefined> {
    const [url, anchor] = partsOf(address, this.home);
    if (!url) return undefined;
    return this.pieces?.ask("previews", async (set) => {
      // A place that nothing linked to when the site was built is shown as its note.
      for (const key of anchor ? [`${url}#${anchor}`, url] : [url]) {
        const record = (await shard(set, shardOf(key, set.count)))[key];
        if (!record) continue;
        const [title, day, heading, text] = record;
        return { title, day, heading, text };
      }
      return undefined;
    });
  }

  /** The address of a note by chance, other than this one; the notes of one file are as likely as those of another. */
  async random(): Promise<string | undefined> {
    const here = urlHere(this.home);
    return this.pieces?.ask("previews", async (set) => {
      const first = Math.floor(Math.random() * set.count);
      for (let step = 0; step < set.count; step++) {
        const urls = Object.keys(await shard(set, (first + step) % set.count)).filter(
          (url) => url !== here && !url.includes("#"),
        );
        const url = urls[Math.floor(Math.random() * urls.length)];
        if (url) return addressIn(this.home, url);
      }
      return undefined;
    });
  }
}

function shard({ shards }: PieceSet, number: number): Promise<Records> {
  return shards.load(`v${number}`);
}

/** The number of the file that has the note or place: FNV-1a of its key in UTF-8, 32 bits. */
export function shardOf(key: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % count;
}

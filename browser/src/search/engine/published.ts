// Which search index the site has: pages know the address of a small script only, which says its version.

import { loadAdded } from "../../lib/load-script.ts";
import { CountedShards, type LoadStats, type ShardSource, Shards } from "../../lib/shards.ts";
import type { IndexFacts } from "./manifest.ts";
import type { Stems } from "./stems.ts";

/** What the script says; notegen/search/shards/__init__.py writes it. */
interface Pointer {
  format: number;
  /** Another with every change of any piece. */
  version: string;
}

/** One index of the site, and what is known of it. */
export interface PublishedIndex extends Pointer {
  readonly shards: ShardSource;
  facts?: IndexFacts | undefined;
  stems?: Promise<Stems> | undefined;
}

const NAME = "search-pointer";

/** The index that the page goes by: the one that the site had when the page first asked, until a piece of that is gone. */
export class Published {
  private index: Promise<PublishedIndex> | undefined;

  /**
   * @param pointer the address of the script that says where the index is
   * @param bring gives what the script at an address adds under a name
   */
  constructor(
    private readonly pointer: string,
    private readonly bring: (address: string, name: string) => Promise<unknown> = loadAdded,
  ) {}

  /** The index, which one who asks first has to load the pointer for. */
  now(stats?: LoadStats): Promise<PublishedIndex> {
    this.index ??= this.keep(this.at(this.pointer, stats));
    return this.index;
  }

  /** The index that the site has in place of one that failed; undefined where it still has that. */
  async after(failed: PublishedIndex, stats?: LoadStats): Promise<PublishedIndex | undefined> {
    const known = await this.index?.catch(() => undefined);
    if (known && known !== failed) return known;
    // The query is nobody's, but keeps browsers and hosts from answering what they have kept.
    const now = await this.at(`${this.pointer}?${Date.now()}`, stats).catch(() => undefined);
    if (!now || (now.version === failed.version && now.format === failed.format)) return undefined;
    return this.keep(Promise.resolve(now));
  }

  private async at(address: string, stats?: LoadStats): Promise<PublishedIndex> {
    const script = new Shards("", () => this.bring(address, NAME));
    const { format, version } = await new CountedShards(script, stats).load<Pointer>(NAME);
    const shards = new Shards(new URL("search/", this.pointer).href, this.bring, `?v${version}`);
    return { format, version, shards };
  }

  /** Remembers the index; a failure may pass, and the next search asks again. */
  private keep(index: Promise<PublishedIndex>): Promise<PublishedIndex> {
    this.index = index;
    index.catch(() => {
      if (this.index === index) this.index = undefined;
    });
    return index;
  }
}

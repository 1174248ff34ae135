// Loads pieces of the index and of other data, each a script that adds its content to the namespace.

import { loadAdded } from "./load-script.ts";

/** Where shards come from. */
export interface ShardSource {
  /** The content of the shard; `onLoad` is told its length in characters, unless it was there or on its way already. */
  load<Content>(name: string, onLoad?: (length: number) => void): Promise<Content>;
}

/** Loads scripts, each once, and remembers what they brought. */
export class Shards implements ShardSource {
  private readonly kept = new Map<string, Promise<unknown>>();

  /**
   * @param folder the address that names count from, ending in a slash; what a script adds is called by their last part
   * @param bring gives what the script at an address adds under a name
   */
  constructor(
    private readonly folder: string,
    private readonly bring: (address: string, name: string) => Promise<unknown> = loadAdded,
    /** What stands behind each address, so that nobody answers what they have kept of another build. */
    private readonly query = "",
  ) {}

  load<Content>(name: string, onLoad?: (length: number) => void): Promise<Content> {
    let shard = this.kept.get(name);
    if (!shard) {
      shard = this.bring(`${this.folder}${name}.js${this.query}`, name.slice(name.lastIndexOf("/") + 1));
      this.kept.set(name, shard);
      // A failure may pass (a train in a tunnel): the next search tries again.
      shard.catch(() => this.kept.delete(name));
      if (onLoad)
        shard = shard.then((content) => {
          onLoad(lengthOf(content));
          return content;
        });
    }
    return shard as Promise<Content>;
  }
}

/** Characters and number of the scripts loaded; what was there already costs nothing. */
export interface LoadStats {
  bytes: number;
  requests: number;
}

/** A source that counts what is loaded through it: one a search, so that searches at the same time each know their own. */
export class CountedShards implements ShardSource {
  /**
   * @param source where the shards come from
   * @param stats what was loaded so far, where a search has several sources
   */
  constructor(
    private readonly source: ShardSource,
    readonly stats: LoadStats = { bytes: 0, requests: 0 },
  ) {}

  load<Content>(name: string): Promise<Content> {
    return this.source.load(name, (length) => {
      this.stats.requests += 1;
      this.stats.bytes += length;
    });
  }
}

function lengthOf(content: unknown): number {
  if (typeof content === "function") return String(content).length;
  return typeof content === "string" ? content.length : JSON.stringify(content).length;
}

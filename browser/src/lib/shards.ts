// Loads pieces of the index and of other data, each a script that adds its content to the namespace.

import { loadAdded } from "./load-script.ts";

/** Characters and number of the scripts loaded for one query; what was there already costs nothing. */
export interface Costs {
  bytes: number;
  requests: number;
}

/** Where shards come from. */
export interface ShardSource {
  /** The content of the shard; `costs` pays for it when it has not been loaded before. */
  load<Content>(name: string, costs: Costs): Promise<Content>;
}

/** Loads scripts, each once, and remembers what they brought. */
export class Shards implements ShardSource {
  private readonly kept = new Map<string, Promise<unknown>>();

  /** @param folder the address that names count from, ending in a slash */
  constructor(private readonly folder: string) {}

  load<Content>(name: string, costs: Costs): Promise<Content> {
    let shard = this.kept.get(name);
    if (!shard) {
      shard = loadAdded(`${this.folder}${name}.js`, name).then((content) => {
        costs.requests += 1;
        costs.bytes += sizeOf(content);
        return content;
      });
      this.kept.set(name, shard);
      // A failure may pass (a train in a tunnel): the next search tries again.
      shard.catch(() => this.kept.delete(name));
    }
    return shard as Promise<Content>;
  }
}

function sizeOf(content: unknown): number {
  if (typeof content === "function") return String(content).length;
  return typeof content === "string" ? content.length : JSON.stringify(content).length;
}

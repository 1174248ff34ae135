// Loads pieces of the index: scripts that call `notegenShard`, the one way that works at file:// too.

import { loadScript } from "./load-script.ts";

declare global {
  interface Window {
    /** Also keeps, by name, what has arrived, until the script's load event takes it: several scripts load shards. */
    notegenShard?: { (name: string, content: unknown): void; arrivals: Map<string, unknown> };
  }
}

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
  constructor(private readonly folder: string) {
    const arrivals = new Map<string, unknown>();
    window.notegenShard ??= Object.assign(
      (name: string, content: unknown) => void arrivals.set(name, content),
      { arrivals },
    );
  }

  load<Content>(name: string, costs: Costs): Promise<Content> {
    let shard = this.kept.get(name);
    if (!shard) {
      shard = receive(`${this.folder}${name}.js`, name).then((content) => {
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

async function receive(address: string, name: string): Promise<unknown> {
  await loadScript(address);
  const arrivals = window.notegenShard?.arrivals;
  if (!arrivals?.has(name)) throw new Error(`${address} is no shard called ${name}`);
  const content = arrivals.get(name);
  arrivals.delete(name);
  return content;
}

function sizeOf(content: unknown): number {
  if (typeof content === "function") return String(content).length;
  return typeof content === "string" ? content.length : JSON.stringify(content).length;
}

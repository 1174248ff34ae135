// The pieces that pages load later, beside the search index: what links show of their goals, and the list of the folders.
//
// Pages know the address of a small script only, which says where the pieces lie; notegen/render/parts/pieces.py writes it.

import { loadAdded } from "./load-script.ts";
import { type ShardSource, Shards } from "./shards.ts";

type PieceKind = "previews" | "folders";

/** What the script says: by kind the folder, from the site's root, and how many pieces are in it. */
type Places = { readonly [kind in PieceKind]?: readonly [folder: string, count: number] };

/** The pieces of one kind as one build made them. */
export interface PieceSet {
  readonly folder: string;
  readonly count: number;
  readonly shards: ShardSource;
}

const NAME = "pieces";

/** The pieces that a page goes by: those that the site had when the page first asked, until one of them is gone. */
export class Pieces {
  private readonly sets = new Map<PieceKind, PieceSet>();
  private places: Promise<Places> | undefined;

  /**
   * @param home the address of the site's root
   * @param pointer the address of the script that says where they are
   * @param bring gives what the script at an address adds under a name
   */
  constructor(
    private readonly home: string,
    private readonly pointer: string,
    private readonly bring: (address: string, name: string) => Promise<unknown> = loadAdded,
  ) {}

  /** What is asked of the pieces; once more where one is gone because the site was published anew in the meantime. */
  async ask<Answer>(
    kind: PieceKind,
    question: (set: PieceSet) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const set = await this.now(kind);
    if (!set) return undefined;
    try {
      return await question(set);
    } catch (error) {
      const newer = await this.after(kind, set);
      if (!newer) throw error;
      return question(newer);
    }
  }

  private async now(kind: PieceKind): Promise<PieceSet | undefined> {
    this.places ??= this.load(this.pointer);
    const places = await this.places;
    return this.sets.get(kind) ?? this.keep(kind, places);
  }

  /** Those that the site has in place of some that failed; undefined where it still has these. */
  private async after(kind: PieceKind, failed: PieceSet): Promise<PieceSet | undefined> {
    const known = this.sets.get(kind);
    if (known !== failed) return known;
    // The query is nobody's, but keeps browsers and hosts from answering what they have kept.
    const loading = this.load(`${this.pointer}?${Date.now()}`);
    const places = await loading.catch(() => undefined);
    if (!places || places[kind]?.[0] === failed.folder) return undefined;
    this.places = loading;
    return this.keep(kind, places);
  }

  private keep(kind: PieceKind, places: Places): PieceSet | undefined {
    const [folder, count] = places[kind] ?? ["", 0];
    if (!folder) return undefined;
    const set = { folder, count, shards: new Shards(this.home + folder, this.bring) };
    this.sets.set(kind, set);
    return set;
  }

  private load(address: string): Promise<Places> {
    const loading = this.bring(address, NAME) as Promise<Places>;
    // A failure may pass (a train in a tunnel), and the next one who asks tries again.
    loading.catch(() => {
      this.places = undefined;
    });
    return loading;
  }
}

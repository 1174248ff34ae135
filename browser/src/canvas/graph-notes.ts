// The notes of the graph with their places and links, as the page's data brings them.

import { PlacedNotes, type PlacedNotesData } from "./placed-notes.ts";
import { at } from "./view.ts";

/** What `notegen/render/pages/graph.py` writes; notes are in order of their links, the most linked first. */
export interface GraphData extends PlacedNotesData {
  /** For each note the notes before it that it is linked with. */
  links: number[][];
}

/** What is around a note. */
export interface Surroundings {
  notes: number[];
  links: [number, number][];
}

export class GraphNotes extends PlacedNotes<GraphData> {
  /** How many links there are in all. */
  readonly links: number;
  /** All notes that each is linked with. */
  readonly neighbours: readonly number[][];

  constructor(data: GraphData) {
    super(data);
    const neighbours: number[][] = data.links.map((lower) => [...lower]);
    for (const [note, lower] of data.links.entries()) {
      for (const other of lower) neighbours[other]?.push(note);
    }
    this.neighbours = neighbours;
    this.links = data.links.reduce((sum, lower) => sum + lower.length, 0);
  }

  /** The notes that are at most so many links away, nearest first, itself the first of them; and the links on the way. */
  around(note: number, steps: number): Surroundings {
    const found = new Map([[note, 0]]);
    const links: [number, number][] = [];
    for (const [here, away] of found) {
      if (away === steps) break; // what was found last is farthest
      for (const other of this.neighbours[here] ?? []) {
        const known = found.get(other);
        if (known === undefined) found.set(other, away + 1);
        // Each link once: from its nearer end, or the one that was found first.
        if (known === undefined || known > away || (known === away && here < other))
          links.push([here, other]);
      }
    }
    return { notes: [...found.keys()], links };
  }

  /** The note at an address, as pages of the site name it. */
  at(url: string): number | undefined {
    const wanted = decoded(url);
    const note = this.data.urls.findIndex((one) => decoded(one) === wanted);
    return note < 0 ? undefined : note;
  }

  degree(note: number): number {
    return this.neighbours[note]?.length ?? 0;
  }

  /** The notes before this one that it is linked with: the links among the first n notes are those of these n. */
  lower(note: number): readonly number[] {
    return this.data.links[note] ?? [];
  }

  /** The linked note that best lies in this direction (a unit vector); undefined when none does, within 60°. */
  toward(note: number, dx: number, dy: number): number | undefined {
    let best: number | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const other of this.neighbours[note] ?? []) {
      const x = at(this.x, other) - at(this.x, note);
      const y = at(this.y, other) - at(this.y, note);
      const length = Math.hypot(x, y);
      const along = length > 0 ? (x * dx + y * dy) / length : 1;
      // The farther aside, the longer a way counts.
      const cost = length / Math.max(along, 1e-6) ** 2;
      if (along >= 0.5 && cost < least) {
        best = other;
        least = cost;
      }
    }
    return best;
  }
}

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

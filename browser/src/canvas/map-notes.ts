// The notes of the map with their places and what they can be coloured by, as the page's data brings them.

import type { Groupings } from "./groups.ts";

/** What `notegen/render/pages/map.py` writes; the lists of notes are parallel. */
export interface MapData {
  titles: string[];
  urls: string[];
  /** Places, in whole steps of STEPS in the side of the square. */
  x: number[];
  y: number[];
  groups: Groupings;
}

const STEPS = 4095;

/** Notes, known by their number. */
export class MapNotes {
  readonly count: number;
  /** Places, 0 to 1. */
  readonly x: Float64Array;
  readonly y: Float64Array;

  constructor(private readonly data: MapData) {
    this.count = data.titles.length;
    this.x = Float64Array.from(data.x, (step) => step / STEPS);
    this.y = Float64Array.from(data.y, (step) => step / STEPS);
  }

  title(note: number): string {
    return this.data.titles[note] ?? "";
  }

  url(note: number): string {
    return this.data.urls[note] ?? "";
  }

  get groupings(): Groupings {
    return this.data.groups;
  }

  /** The note that best lies in this direction (a unit vector) from a place, within 60°; undefined when none does. */
  toward(x: number, y: number, dx: number, dy: number): number | undefined {
    let best: number | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let note = 0; note < this.count; note += 1) {
      const [wayX, wayY] = [(this.x[note] as number) - x, (this.y[note] as number) - y];
      const length = Math.hypot(wayX, wayY);
      const along = length > 0 ? (wayX * dx + wayY * dy) / length : 0;
      // The farther aside, the longer a way counts.
      const cost = length / Math.max(along, 1e-6) ** 2;
      if (along >= 0.5 && cost < least) {
        best = note;
        least = cost;
      }
    }
    return best;
  }

  /** The note nearest to a place, at most this far; the one drawn last of equals, as it lies on top. */
  nearest(x: number, y: number, reach = Number.POSITIVE_INFINITY): number | undefined {
    let best: number | undefined;
    let least = reach;
    for (let note = 0; note < this.count; note += 1) {
      const distance = Math.hypot((this.x[note] as number) - x, (this.y[note] as number) - y);
      if (distance <= least) {
        best = note;
        least = distance;
      }
    }
    return best;
  }

  /** The notes whose title holds these words, in order. */
  matching(words: string): number[] {
    const wanted = words.trim().toLocaleLowerCase();
    return this.data.titles.flatMap((title, note) =>
      wanted && title.toLocaleLowerCase().includes(wanted) ? [note] : [],
    );
  }
}

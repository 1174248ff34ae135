// Notes with their places, as the data of the graph's and the map's page brings them.

import type { Groupings } from "./groups.ts";

/** What `notegen/render/parts/placed_notes.py` writes, and what the notes can be coloured by; the lists are parallel. */
export interface PlacedNotesData {
  titles: string[];
  urls: string[];
  /** Places, in whole steps of STEPS in the side of the square. */
  x: number[];
  y: number[];
  groups: Groupings;
}

const STEPS = 4095;

/** Notes, known by their number. */
export class PlacedNotes<Data extends PlacedNotesData> {
  readonly count: number;
  /** Places, 0 to 1. */
  readonly x: Float64Array;
  readonly y: Float64Array;

  constructor(protected readonly data: Data) {
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

  /** The notes whose title holds these words, in order. */
  matching(words: string): number[] {
    const wanted = words.trim().toLocaleLowerCase();
    if (!wanted) return [];
    return this.data.titles.flatMap((title, note) =>
      title.toLocaleLowerCase().includes(wanted) ? [note] : [],
    );
  }
}

// The notes of the map with their places and what they can be coloured by, as the page's data brings them.

import { PlacedNotes, type PlacedNotesData } from "./placed-notes.ts";

/** What `notegen/render/pages/map.py` writes. */
export type MapData = PlacedNotesData;

export class MapNotes extends PlacedNotes<MapData> {
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
}

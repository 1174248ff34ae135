// Which titles are shown, and on which side of their points: the most linked notes first, none on another, and where
// there is room for it none on the point of another.

import { at } from "./view.ts";

/** A title that wants its place: where it stands and how wide it is, in pixels. */
export interface Label {
  note: number;
  x: number;
  y: number;
  width: number;
}

const HEIGHT = 16;
const GAP = 4;
const CELL = 64;
const COVER = 5; // pixels over and under a title's middle that it covers
const POINT = 2; // the radius of a point of which nobody says more
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";
const MAX_POINTS = 2_000; // where more lie no title is beside all of them

/**
 * For each title, in order, the first of its places that touches no title before it and covers no point, or else the
 * first that touches none; a title without such a place is left out.
 *
 * @param radius of a point, in pixels
 */
export function roomFor(
  titles: Iterable<readonly Label[]>,
  most: number,
  xs: Float64Array,
  ys: Float64Array,
  radius: (point: number) => number = () => POINT,
): Label[] {
  const covers = xs.length > MAX_POINTS ? () => false : pointsUnder(xs, ys, radius);
  const placed: Label[] = [];
  const cells = new Map<string, Label[]>();
  const isFree = (label: Label) =>
    !cellsOf(label).some((key) => cells.get(key)?.some((other) => touch(label, other)));
  for (const places of titles) {
    if (placed.length >= most) break;
    const free = places.filter(isFree);
    const label = free.find((place) => !covers(place)) ?? free[0];
    if (!label) continue;
    placed.push(label);
    for (const key of cellsOf(label)) {
      const cell = cells.get(key);
      if (cell) cell.push(label);
      else cells.set(key, [label]);
    }
  }
  return placed;
}

/**
 * The title as it is drawn: cut where it has more letters than these, and in its own direction, so that what was cut off
 * is told at its end on a page of another direction too.
 */
export function drawnTitle(title: string, most = Number.POSITIVE_INFINITY): string {
  const letters = title.length <= most ? [] : Array.from(title);
  const cut =
    letters.length > most
      ? `${letters
          .slice(0, most - 1)
          .join("")
          .trimEnd()}…`
      : title;
  return `${FIRST_STRONG_ISOLATE}${cut}${POP_ISOLATE}`;
}

/** The places of a title of this width beside a point with this much around it, the best first: right, left, below, above. */
export function placesBeside(
  note: number,
  point: { x: number; y: number },
  gap: number,
  width: number,
  screen: { width: number; height: number },
): Label[] {
  const { x, y } = point;
  const down = gap + HEIGHT / 2;
  const across = Math.max(2, Math.min(x - width / 2, screen.width - width));
  const places = [
    { x: x + gap, y },
    { x: x - gap - width, y },
    { x: across, y: y + down },
    { x: across, y: y - down },
  ];
  const inside = places.filter(
    (place) => place.x >= 2 && place.x + width <= screen.width && place.y >= 0 && place.y <= screen.height,
  );
  // Within the screen where it is wider than either side.
  const usable = inside.length > 0 ? inside : [{ x: Math.max(2, x - gap - width), y }];
  return usable.map((place) => ({ note, ...place, width }));
}

/** Whether a title would cover one of these points. */
function pointsUnder(
  xs: Float64Array,
  ys: Float64Array,
  radius: (point: number) => number,
): (label: Label) => boolean {
  const cells = new Map<string, number[]>();
  for (let point = 0; point < xs.length; point += 1) {
    const key = `${Math.floor(at(xs, point) / CELL)} ${Math.floor(at(ys, point) / CELL)}`;
    const cell = cells.get(key);
    if (cell) cell.push(point);
    else cells.set(key, [point]);
  }
  const isUnder = ({ note, x, y, width }: Label, point: number) =>
    point !== note &&
    at(xs, point) > x - GAP &&
    at(xs, point) < x + width + GAP &&
    Math.abs(at(ys, point) - y) < COVER + radius(point);
  return (label) => cellsOf(label).some((key) => cells.get(key)?.some((point) => isUnder(label, point)));
}

function cellsOf({ x, y, width }: Label): string[] {
  const keys: string[] = [];
  for (
    let column = Math.floor((x - GAP) / CELL);
    column <= Math.floor((x + width + GAP) / CELL);
    column += 1
  ) {
    for (let row = Math.floor((y - HEIGHT) / CELL); row <= Math.floor((y + HEIGHT) / CELL); row += 1) {
      keys.push(`${column} ${row}`);
    }
  }
  return keys;
}

function touch(one: Label, other: Label): boolean {
  return (
    Math.abs(one.y - other.y) < HEIGHT &&
    one.x < other.x + other.width + GAP &&
    other.x < one.x + one.width + GAP
  );
}

// Which titles are shown: the most linked notes first, as long as none lies on another.

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

/** The labels in order, without those that would touch one before them. */
export function roomFor(labels: Iterable<Label>, most: number): Label[] {
  const placed: Label[] = [];
  const cells = new Map<string, Label[]>();
  for (const label of labels) {
    if (placed.length >= most) break;
    const keys = cellsOf(label);
    if (keys.some((key) => cells.get(key)?.some((other) => touch(label, other)))) continue;
    placed.push(label);
    for (const key of keys) {
      const cell = cells.get(key);
      if (cell) cell.push(label);
      else cells.set(key, [label]);
    }
  }
  return placed;
}

function cellsOf({ x, y, width }: Label): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + width + GAP) / CELL); column += 1) {
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

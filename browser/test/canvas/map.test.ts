// The notes of the map: which lies where, which is next, which are found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { membersOf } from "../../src/canvas/groups.ts";
import { middleOf } from "../../src/canvas/map-draw.ts";
import { MapNotes } from "../../src/canvas/map-notes.ts";

/** Notes at these places of the square, in steps of a quarter, every second one with a tag. */
function notesAt(places: [number, number][], titles = places.map((_, note) => `Note ${note}`)): MapNotes {
  const none = { names: [], of: places.map(() => -1) };
  return new MapNotes({
    titles,
    urls: titles.map((_, note) => `${note}.html`),
    x: places.map(([x]) => (x * 4095) / 4),
    y: places.map(([, y]) => (y * 4095) / 4),
    groups: {
      topic: none,
      folder: none,
      tag: { names: ["odd"], of: places.map((_, note) => (note % 2) - 1) },
      year: none,
    },
  });
}

test("an arrow leads to the nearest note that way, and nowhere when none lies there", () => {
  const notes = notesAt([
    [2, 2],
    [3, 2],
    [4, 2],
    [2, 0],
    [3, 0],
  ]);
  assert.equal(notes.toward(0.5, 0.5, 1, 0), 1);
  assert.equal(notes.toward(0.75, 0.5, 1, 0), 2);
  assert.equal(notes.toward(0.5, 0.5, 0, -1), 3);
  assert.equal(notes.toward(0.5, 0.5, -1, 0), undefined);
  // A note a little aside is reached by the arrow that points to it most.
  assert.equal(notes.toward(0.5, 0.5, 0, 1), undefined);
});

test("two notes at one place are no way from each other", () => {
  assert.equal(
    notesAt([
      [1, 1],
      [1, 1],
    ]).toward(0.25, 0.25, 1, 0),
    undefined,
  );
});

test("the nearest note within reach is found, the one on top of equals", () => {
  const notes = notesAt([
    [0, 0],
    [1, 1],
    [1, 1],
  ]);
  assert.equal(notes.nearest(0.3, 0.25, 0.1), 2);
  assert.equal(notes.nearest(0.5, 0.5, 0.1), undefined);
  assert.equal(notes.nearest(0.1, 0), 0);
});

test("titles are matched whatever their case, and no words match none", () => {
  const notes = notesAt(
    [
      [0, 0],
      [1, 1],
    ],
    ["Spring tide", "Bread"],
  );
  assert.deepEqual(notes.matching(" TIDE "), [0]);
  assert.deepEqual(notes.matching("  "), []);
});

test("a group has its members, and its name stands at the one in their middle", () => {
  const notes = notesAt([
    [0, 0],
    [0, 1],
    [4, 4],
    [1, 1],
    [0, 0],
    [4, 1],
  ]);
  assert.deepEqual(membersOf(notes.groupings.tag), [[1, 3, 5]]);
  assert.equal(middleOf(notes, [1, 3, 5]), 3);
  assert.equal(middleOf(notes, []), undefined);
});

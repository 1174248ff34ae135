// The graph's notes, view and titles, without a canvas.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GraphNotes } from "../../src/canvas/graph-notes.ts";
import { drawnTitle, type Label, placesBeside, roomFor } from "../../src/canvas/labels.ts";
import { View } from "../../src/canvas/view.ts";

const NONE = { names: [], of: [-1, -1, -1, -1, -1] };

/** A hub in the middle with notes right of it, far right of it, and below it; and a note alone. */
const notes = new GraphNotes({
  titles: ["Hub", "Right", "Far right", "Below", "Alone"],
  urls: ["hub.html", "r.html", "f.html", "b.html", "a.html"],
  x: [2000, 2500, 3500, 2100, 0],
  y: [2000, 2000, 2050, 3000, 0],
  links: [[], [0], [0], [0, 1], []],
  groups: { topic: NONE, folder: NONE, tag: NONE, year: NONE },
});

test("a title is cut between letters, at its own end", () => {
  assert.equal(drawnTitle("Tea", 3), "\u2068Tea\u2069");
  assert.equal(drawnTitle("A kettle", 3), "\u2068A…\u2069");
  assert.equal(drawnTitle("שלום עולם", 5), "\u2068שלום…\u2069");
  assert.equal(drawnTitle("🍵🫖☕🍪", 4), "\u2068🍵🫖☕🍪\u2069");
  assert.equal(drawnTitle("🍵🫖☕🍪", 3), "\u2068🍵🫖…\u2069");
  assert.equal(drawnTitle("As long as it likes"), "\u2068As long as it likes\u2069");
});

test("links lead both ways", () => {
  assert.deepEqual(notes.neighbours, [[1, 2, 3], [0, 3], [0], [0, 1], []]);
  assert.equal(notes.degree(0), 3);
  assert.deepEqual(notes.lower(3), [0, 1]);
});

test("a step goes to the nearest linked note in its direction", () => {
  assert.equal(notes.toward(0, 1, 0), 1);
  assert.equal(notes.toward(0, 0, 1), 3);
  assert.equal(notes.toward(1, 1, 0), undefined, "Far right is there, but not linked");
  assert.equal(notes.toward(4, 1, 0), undefined);
});

test("what is around a note is found link by link", () => {
  assert.deepEqual(notes.around(2, 1), { notes: [2, 0], links: [[2, 0]] });
  const two = notes.around(2, 2);
  assert.deepEqual(two.notes, [2, 0, 1, 3]);
  assert.deepEqual(two.links, [
    [2, 0],
    [0, 1],
    [0, 3],
  ]);
  const three = notes.around(2, 3);
  assert.deepEqual(three.links[3], [1, 3], "a link between two that are as far away");
  assert.equal(three.links.length, 4, "every link once");
  assert.deepEqual(notes.around(4, 3), { notes: [4], links: [] });
});

test("a note is known by its address, however a browser writes it", () => {
  assert.equal(notes.at("r.html"), 1);
  assert.equal(notes.at("%72.html"), 1);
  assert.equal(notes.at("none.html"), undefined);
  assert.equal(notes.at("%"), undefined);
});

test("a part of the graph is seen whole, and close", () => {
  const view = new View();
  view.resize(800, 600);
  view.showPart(Float64Array.of(0.4, 0.6), Float64Array.of(0.5, 0.5));
  assert.ok(view.zoom > 2);
  assert.ok(view.screenX(0.4) > 0 && view.screenX(0.6) < 800);
  assert.ok(Math.abs(view.screenX(0.5) - 400) < 1e-9 && Math.abs(view.screenY(0.5) - 300) < 1e-9);
});

test("a word is found in titles whatever its case", () => {
  assert.deepEqual(notes.matching(" RIGHT "), [1, 2]);
  assert.deepEqual(notes.matching(" "), []);
});

test("what is under the pointer stays there when one comes closer", () => {
  const view = new View();
  view.resize(800, 600);
  const before = { x: (300 - view.x) / view.scale, y: (200 - view.y) / view.scale };
  view.zoomBy(2, 300, 200);
  assert.ok(Math.abs(view.screenX(before.x) - 300) < 1e-9);
  assert.ok(Math.abs(view.screenY(before.y) - 200) < 1e-9);
  assert.ok(Math.abs(view.zoom - 2) < 1e-9);
});

test("the graph cannot be lost, nor left far behind", () => {
  const view = new View();
  view.resize(800, 600);
  view.pan(1e6, -1e6);
  assert.ok(view.screenX(0) < 800 && view.screenY(1) > 0);
  for (let turn = 0; turn < 100; turn += 1) view.zoomBy(0.5);
  assert.ok(view.zoom >= 0.79);
  for (let turn = 0; turn < 100; turn += 1) view.zoomBy(2);
  assert.ok(view.zoom <= 80.01);
});

test("a screen of another size keeps its middle and its zoom", () => {
  const view = new View();
  view.resize(800, 600);
  view.zoomBy(3);
  view.centre(0.25, 0.75);
  view.resize(400, 700);
  assert.ok(Math.abs(view.screenX(0.25) - 200) < 1e-9);
  assert.ok(Math.abs(view.screenY(0.75) - 350) < 1e-9);
  assert.ok(Math.abs(view.zoom - 3) < 1e-9);
});

const withoutPoints = (labels: Label[], most: number) =>
  roomFor(
    labels.map((label) => [label]),
    most,
    new Float64Array(),
    new Float64Array(),
  );

test("no title lies on another, and the first ones win", () => {
  const label = (note: number, x: number, y: number): Label => ({ note, x, y, width: 50 });
  const wanted = [label(0, 0, 0), label(1, 30, 8), label(2, 30, 20), label(3, 60, 0), label(4, 200, 0)];
  const shown = (most: number) => withoutPoints(wanted, most).map(({ note }) => note);
  assert.deepEqual(shown(9), [0, 2, 3, 4]);
  assert.deepEqual(shown(2), [0, 2]);
});

test("a title stands where it hides no point, and where none is free still beside its own", () => {
  const screen = { width: 400, height: 300 };
  const shown = (...points: [number, number][]) => {
    const [xs, ys] = [0, 1].map((axis) => Float64Array.from(points, (point) => point[axis] as number));
    const first = placesBeside(0, { x: 200, y: 150 }, 6, 80, screen);
    const [{ x, y }] = roomFor([first], 9, xs as Float64Array, ys as Float64Array) as [Label];
    return [x, y];
  };
  assert.deepEqual(shown([200, 150]), [206, 150]);
  assert.deepEqual(shown([200, 150], [250, 152]), [114, 150], "a point on the right");
  assert.deepEqual(shown([200, 150], [288, 150]), [114, 150], "which touches its end");
  assert.deepEqual(shown([200, 150], [250, 160]), [206, 150], "one that is well under it");
  assert.deepEqual(shown([200, 150], [250, 152], [150, 150]), [160, 164]);
  assert.deepEqual(shown([200, 150], [250, 152], [150, 150], [200, 163]), [160, 136]);
  const around: [number, number][] = [
    [250, 152],
    [150, 150],
    [200, 163],
    [200, 137],
  ];
  assert.deepEqual(shown([200, 150], ...around), [206, 150]);
});

test("a large point is not hidden where a small one would not be", () => {
  const [xs, ys] = [Float64Array.from([200, 250]), Float64Array.from([150, 159])];
  const first = placesBeside(0, { x: 200, y: 150 }, 6, 80, { width: 400, height: 300 });
  const shown = (radius: number) => roomFor([first], 9, xs, ys, () => radius)[0]?.x;
  assert.equal(shown(2), 206);
  assert.equal(shown(6), 114);
});

test("a title stays on the screen", () => {
  const places = (x: number, y: number, width = 80) =>
    placesBeside(0, { x, y }, 6, width, { width: 400, height: 300 }).map((place) => [place.x, place.y]);
  assert.deepEqual(places(390, 150), [
    [304, 150],
    [320, 164],
    [320, 136],
  ]);
  assert.deepEqual(places(10, 290), [
    [16, 290],
    [2, 276],
  ]);
  assert.deepEqual(places(200, 150, 390), [
    [5, 164],
    [5, 136],
  ]);
  assert.deepEqual(places(200, 150, 500), [[2, 150]]);
});

test("placing titles by cells is placing them one by one", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const labels = Array.from({ length: 400 }, (_, note) => ({
    note,
    x: random() * 900 - 50,
    y: random() * 700 - 50,
    width: 20 + random() * 200,
  }));
  const slow: Label[] = [];
  for (const one of labels) {
    const free = slow.every(
      (other) =>
        Math.abs(one.y - other.y) >= 16 ||
        one.x >= other.x + other.width + 4 ||
        other.x >= one.x + one.width + 4,
    );
    if (free) slow.push(one);
  }
  assert.deepEqual(
    withoutPoints(labels, 400).map(({ note }) => note),
    slow.map(({ note }) => note),
  );
});

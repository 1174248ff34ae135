// Draws the graph on a canvas, with levels of detail: from afar the hubs, their links and few titles, close by all.

import type { GraphNotes, Surroundings } from "./graph-notes.ts";
import type { Colours, Way } from "./groups.ts";
import { drawnTitle, type Label, placesBeside, roomFor } from "./labels.ts";
import { at, type View } from "./view.ts";

/** What the page marks in the graph just now. */
export interface Marks {
  /** The note under the pointer or chosen by key; what is around it is lit with it. */
  note: number | undefined;
  /** The note that the page was asked to show, lit likewise while no other is. */
  named: number | undefined;
  /** How many links away that reaches. */
  steps: number;
  /** Notes that a search found, or those of a chosen group; lit when not empty. */
  found: ReadonlySet<number>;
  way: Way;
}

/** The page's colours and typeface, as the canvas wants them. */
export interface Paint {
  paper: string;
  ink: string;
  soft: string;
  line: string;
  accent: string;
  /** By group, for each way to colour by. */
  groups: Colours;
  font: string;
}

const MAX_LINKS_AT_REST = 20_000;
const MAX_SHAPES_IN_MOTION = 2_000; // a graph with more moves as the picture that it was
const SHAPES_AT_ONCE = 100; // one path of thousands of crossing lines or circles is far slower than many short ones
const TITLES_FROM_AFAR = 14;
const MAX_TITLES = 160;
const MAX_TITLE_LENGTH = 42;
const PIXELS_A_LETTER = 14; // of the screen's width, for each letter that a title may have

/** What was drawn, for whoever wants to know. */
interface Drawn {
  links: number;
  titles: number;
}

/** Links and notes as they were last drawn in full, and the view that they were drawn in. */
interface Still {
  canvas: HTMLCanvasElement;
  x: number;
  y: number;
  scale: number;
}

export const makeStill = (): Still => ({ canvas: document.createElement("canvas"), x: 0, y: 0, scale: 0 });

/** One picture. In motion a large graph is the last still, moved and stretched, under notes and titles drawn anew. */
export function drawGraph(
  context: CanvasRenderingContext2D,
  notes: GraphNotes,
  view: View,
  given: Marks,
  paint: Paint,
  still: Still,
  inMotion: boolean,
): Drawn {
  const marks = { ...given, note: given.note ?? given.named };
  const { width, height } = view;
  const xs = notes.x.map((x) => view.screenX(x));
  const ys = notes.y.map((y) => view.screenY(y));
  const around = marks.note === undefined ? undefined : notes.around(marks.note, marks.steps);
  const lit = around?.notes ?? (marks.found.size > 0 ? [...marks.found] : undefined);
  context.clearRect(0, 0, width, height);
  const radius = radii(notes, view);
  let links = 0;
  if (inMotion && still.scale > 0 && notes.links + notes.count > MAX_SHAPES_IN_MOTION) {
    const grown = view.scale / still.scale;
    context.drawImage(
      still.canvas,
      view.x - still.x * grown,
      view.y - still.y * grown,
      width * grown,
      height * grown,
    );
  } else {
    links = drawLinks(context, notes, xs, ys, view, lit ? paint.line : paint.soft);
    context.globalAlpha = lit ? 0.25 : 1;
    for (const [colour, some] of coloured(everyNote(notes), notes, marks, paint))
      drawNodes(context, some, xs, ys, radius, view, colour);
    context.globalAlpha = 1;
    keep(still, context, view);
  }
  if (around) drawLinksAround(context, around, xs, ys, paint.accent);
  const isGrouped = notes.groupings[marks.way].names.length > 0;
  if (marks.note !== undefined || (lit && !isGrouped))
    drawNodes(context, lit ?? [], xs, ys, radius, view, paint.accent);
  else if (lit)
    for (const [colour, some] of coloured(lit, notes, marks, paint))
      drawNodes(context, some, xs, ys, radius, view, colour);
  else if (!isGrouped) drawNodes(context, hubs(notes, view), xs, ys, radius, view, paint.accent);
  const titles = drawTitles(context, notes, xs, ys, radius, view, marks, lit, paint);
  return { links, titles };
}

/** The radius of a note on the screen, in pixels: by its links, smaller in a crowd and larger among few, growing slowly as one comes closer. */
export function radii(notes: GraphNotes, view: View): (note: number) => number {
  const room = Math.sqrt((view.width * view.height) / Math.max(1, notes.count));
  const crowd = room < 32 ? Math.max(0.3, room / 32) : Math.min(2, Math.max(1, room / 100));
  const unit = crowd * Math.min(3, view.zoom ** 0.5);
  return (note) => unit * (2 + 0.8 * Math.sqrt(notes.degree(note)));
}

function keep(still: Still, context: CanvasRenderingContext2D, view: View): void {
  still.canvas.width = context.canvas.width;
  still.canvas.height = context.canvas.height;
  still.canvas.getContext("2d")?.drawImage(context.canvas, 0, 0);
  still.x = view.x;
  still.y = view.y;
  still.scale = view.scale;
}

/** The notes by their colour, those of no group first: what lies on top is told apart. */
function coloured(
  some: Iterable<number>,
  notes: GraphNotes,
  { way }: Marks,
  paint: Paint,
): [string, number[]][] {
  const { of } = notes.groupings[way];
  const sets: [string, number[]][] = [paint.soft, ...paint.groups[way]].map((colour) => [colour, []]);
  for (const note of some) sets[(of[note] ?? -1) + 1]?.[1].push(note);
  return sets;
}

function* everyNote(notes: GraphNotes): Iterable<number> {
  for (let note = 0; note < notes.count; note += 1) yield note;
}

/** The notes whose titles the zoom asks for: the most linked ones, and from nearby those without links too. */
function titled(notes: GraphNotes, view: View): number[] {
  const count = Math.min(notes.count, Math.round(TITLES_FROM_AFAR * view.zoom ** 2));
  return Array.from({ length: count }, (_, note) => note);
}

/** Those of them that have links. */
function hubs(notes: GraphNotes, view: View): number[] {
  return titled(notes, view).filter((note) => notes.degree(note) > 0);
}

function drawLinks(
  context: CanvasRenderingContext2D,
  notes: GraphNotes,
  xs: Float64Array,
  ys: Float64Array,
  view: View,
  colour: string,
): number {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  // The more cross, the fainter is each, so that hubs still stand out; a few are plain to see.
  const crowd = Math.sqrt(Math.max(1, notes.links) / 4_000);
  context.globalAlpha = Math.min(0.6, 0.3 + (0.06 * view.zoom) / crowd, (0.42 * view.zoom) / crowd);
  let drawn = 0;
  context.beginPath();
  // Notes come in order of their links: what the budget leaves out are the links of the least linked.
  for (let note = 0; note < notes.count && drawn < MAX_LINKS_AT_REST; note += 1) {
    for (const other of notes.lower(note)) {
      if (isOutside(at(xs, note), at(xs, other), view.width)) continue;
      if (isOutside(at(ys, note), at(ys, other), view.height)) continue;
      context.moveTo(at(xs, note), at(ys, note));
      context.lineTo(at(xs, other), at(ys, other));
      drawn += 1;
      if (drawn % SHAPES_AT_ONCE === 0) {
        context.stroke();
        context.beginPath();
      }
    }
  }
  context.stroke();
  context.globalAlpha = 1;
  return drawn;
}

/** Whether both ends are off the same edge. */
function isOutside(one: number, other: number, size: number): boolean {
  return (one < 0 && other < 0) || (one > size && other > size);
}

function drawLinksAround(
  context: CanvasRenderingContext2D,
  { links }: Surroundings,
  xs: Float64Array,
  ys: Float64Array,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.25;
  context.globalAlpha = Math.min(0.6, Math.max(0.2, 60 / links.length));
  context.beginPath();
  for (const [number, [here, there]] of links.slice(0, MAX_LINKS_AT_REST).entries()) {
    context.moveTo(at(xs, here), at(ys, here));
    context.lineTo(at(xs, there), at(ys, there));
    if (number % SHAPES_AT_ONCE === SHAPES_AT_ONCE - 1) {
      context.stroke();
      context.beginPath();
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawNodes(
  context: CanvasRenderingContext2D,
  some: Iterable<number>,
  xs: Float64Array,
  ys: Float64Array,
  radius: (note: number) => number,
  view: View,
  colour: string,
): void {
  context.fillStyle = colour;
  context.beginPath();
  let circles = 0;
  for (const note of some) {
    const [x, y, r] = [at(xs, note), at(ys, note), radius(note)];
    if (x < -r || y < -r || x > view.width + r || y > view.height + r) continue;
    // Under two pixels nobody tells a circle from a square, which is cheaper.
    if (r < 1.6) {
      context.fillRect(x - r, y - r, 2 * r, 2 * r);
      continue;
    }
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
    circles += 1;
    if (circles % SHAPES_AT_ONCE === 0) {
      context.fill();
      context.beginPath();
    }
  }
  context.fill();
}

function drawTitles(
  context: CanvasRenderingContext2D,
  notes: GraphNotes,
  xs: Float64Array,
  ys: Float64Array,
  radius: (note: number) => number,
  view: View,
  marks: Marks,
  lit: readonly number[] | undefined,
  paint: Paint,
): number {
  context.font = `12px ${paint.font}`;
  context.textBaseline = "middle";
  context.textAlign = "left"; // whichever way the page's text runs: places are from the left
  context.lineJoin = "round";
  const labels = roomFor(wanted(), MAX_TITLES, xs, ys, radius);
  for (const { note, x, y } of labels) {
    const title = shown(note);
    context.lineWidth = 4;
    context.strokeStyle = paint.paper;
    context.strokeText(title, x, y);
    context.fillStyle = note === marks.note ? paint.accent : paint.ink;
    context.fillText(title, x, y);
  }
  return labels.length;

  function* wanted(): Iterable<readonly Label[]> {
    for (const note of lit ?? titled(notes, view)) {
      const [x, y] = [at(xs, note), at(ys, note)];
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const width = context.measureText(shown(note)).width;
      yield placesBeside(note, { x, y }, radius(note) + 4, width, view);
    }
  }

  /** The title, cut where it is too long for a screen of this width. */
  function shown(note: number): string {
    const most = Math.max(16, Math.min(MAX_TITLE_LENGTH, Math.floor(view.width / PIXELS_A_LETTER)));
    return drawnTitle(notes.title(note), note === marks.note ? undefined : most);
  }
}

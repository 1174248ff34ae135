// Draws the map on a canvas: points in the colours of their groups, the groups' names, and titles from close by.

import { type Colours, membersOf, type Way } from "./groups.ts";
import { drawnTitle, type Label, placesBeside, roomFor } from "./labels.ts";
import type { MapNotes } from "./map-notes.ts";
import { at, type View } from "./view.ts";

/** What the page marks on the map just now. */
export interface Marks {
  /** The note under the pointer or chosen by key. */
  note: number | undefined;
  /** Notes that a search found, or those of a chosen group; all others fade. Undefined fades none. */
  lit: ReadonlySet<number> | undefined;
  way: Way;
}

/** The page's colours and typeface, as the canvas wants them. */
export interface Paint {
  paper: string;
  ink: string;
  accent: string;
  /** For notes of no group. */
  plain: string;
  /** By group, for each way to colour by. */
  groups: Colours;
  font: string;
}

const FADED = 0.16;
const MAX_TITLES = 120;
const MAX_TITLE_LENGTH = 44;
/** Titles are shown when so few notes are in sight. */
const CLOSE = 90;
const NARROW = 600;
const LINE = 16; // the height of a topic's name, in pixels

/** What was drawn, for whoever wants to know. */
interface Drawn {
  points: number;
  names: number;
  titles: number;
}

/** One picture. */
export function drawMap(
  context: CanvasRenderingContext2D,
  notes: MapNotes,
  view: View,
  marks: Marks,
  paint: Paint,
): Drawn {
  context.clearRect(0, 0, view.width, view.height);
  const radius = radiusOf(notes, view);
  const inSight = visible(notes, view, radius);
  drawPoints(context, notes, inSight, view, marks, paint, radius);
  const titled = inSight.length <= CLOSE || marks.lit ? titles(notes, inSight, marks) : [];
  // Names stand where titles do not.
  const named = marks.way === "topic" && !marks.lit && inSight.length > CLOSE;
  const names = named ? drawNames(context, notes, view, marks, paint, radius) : 0;
  const shown = drawTitles(context, notes, titled, view, marks, paint, radius);
  if (marks.note !== undefined) drawMarked(context, notes, marks.note, view, paint, radius);
  return { points: inSight.length, names, titles: shown };
}

/** The radius of a point in pixels: smaller in a crowd, growing slowly as one comes closer. */
export function radiusOf(notes: MapNotes, view: View): number {
  const room = Math.sqrt((view.width * view.height) / Math.max(1, notes.count));
  return Math.min(4.5, Math.max(1.4, room / 6.5)) * Math.min(2, view.zoom ** 0.35);
}

function visible(notes: MapNotes, view: View, radius: number): number[] {
  const found: number[] = [];
  for (let note = 0; note < notes.count; note += 1) {
    const [x, y] = [view.screenX(at(notes.x, note)), view.screenY(at(notes.y, note))];
    if (x > -radius && y > -radius && x < view.width + radius && y < view.height + radius) found.push(note);
  }
  return found;
}

/** All points of one colour are one path: ten thousand take a few milliseconds. */
function drawPoints(
  context: CanvasRenderingContext2D,
  notes: MapNotes,
  inSight: readonly number[],
  view: View,
  { lit, way }: Marks,
  paint: Paint,
  radius: number,
): void {
  const { of } = notes.groupings[way];
  const colours = [paint.plain, ...paint.groups[way]];
  for (const isLit of lit ? [false, true] : [true]) {
    const paths = colours.map(() => new Path2D());
    for (const note of inSight) {
      if (lit && lit.has(note) !== isLit) continue;
      const path = paths[(of[note] ?? -1) + 1] as Path2D;
      const [x, y] = [view.screenX(at(notes.x, note)), view.screenY(at(notes.y, note))];
      // Under two pixels nobody tells a circle from a square, which is cheaper.
      if (radius < 1.6) path.rect(x - radius, y - radius, 2 * radius, 2 * radius);
      else {
        path.moveTo(x + radius, y);
        path.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    context.globalAlpha = isLit ? 0.9 : FADED;
    for (const [group, path] of paths.entries()) {
      context.fillStyle = colours[group] as string;
      context.fill(path);
    }
  }
  context.globalAlpha = 1;
}

/** Which notes want their title shown, the marked one aside, which always has it. */
function titles(notes: MapNotes, inSight: readonly number[], { note, lit }: Marks): number[] {
  return inSight.filter((one) => one !== note && (!lit || lit.has(one)) && notes.title(one));
}

/** The topics' names, each at the note that is most in the middle of the topic's notes, the largest topic first. */
function drawNames(
  context: CanvasRenderingContext2D,
  notes: MapNotes,
  view: View,
  marks: Marks,
  paint: Paint,
  radius: number,
): number {
  // A narrow screen has room for the first word of each.
  const names = notes.groupings.topic.names.map((name) =>
    drawnTitle(view.width < NARROW ? (name.split(" · ")[0] ?? "") : name),
  );
  context.font = `600 13px ${paint.font}`;
  // Over or under its middle, or else on it: where there is room a name hides no point.
  const labels: Label[][] = membersOf(notes.groupings.topic).map((members, topic) => {
    const middle = middleOf(notes, members);
    if (middle === undefined) return [];
    const [x, y] = [view.screenX(at(notes.x, middle)), view.screenY(at(notes.y, middle))];
    const width = context.measureText(names[topic] ?? "").width;
    if (x < 0 || y < 0 || x > view.width || y > view.height || width > view.width - 8) return [];
    const left = Math.max(4, Math.min(view.width - width - 4, x - width / 2));
    const away = radius + LINE / 2;
    return [y - away, y + away, y].map((line) => ({ note: -1 - topic, x: left, y: line, width }));
  });
  const marked = markedLabel(context, notes, marks, view, radius);
  const xs = notes.x.map((x) => view.screenX(x));
  const ys = notes.y.map((y) => view.screenY(y));
  const wanted = [...marked.map((label) => [label]), ...labels];
  const shown = roomFor(wanted, wanted.length, xs, ys).slice(marked.length);
  for (const { note, x, y } of shown) write(context, names[-1 - note] ?? "", x, y, paint.ink, paint);
  return shown.length;
}

/** The note that is closest to the median of these notes' places. */
export function middleOf(notes: MapNotes, members: readonly number[]): number | undefined {
  if (members.length === 0) return undefined;
  const median = (places: Float64Array): number => {
    const sorted = Float64Array.from(members, (note) => at(places, note)).sort();
    return at(sorted, sorted.length >> 1);
  };
  const [x, y] = [median(notes.x), median(notes.y)];
  const far = (note: number) => Math.hypot(at(notes.x, note) - x, at(notes.y, note) - y);
  return members.reduce((best, note) => (far(note) < far(best) ? note : best));
}

function drawTitles(
  context: CanvasRenderingContext2D,
  notes: MapNotes,
  titled: readonly number[],
  view: View,
  marks: Marks,
  paint: Paint,
  radius: number,
): number {
  // The marked note's title comes first, so that none lies under it; it is drawn last, by drawMarked.
  context.font = `600 13px ${paint.font}`;
  const marked = markedLabel(context, notes, marks, view, radius);
  context.font = `12px ${paint.font}`;
  const xs = notes.x.map((x) => view.screenX(x));
  const ys = notes.y.map((y) => view.screenY(y));
  const places = (note: number) => {
    const width = context.measureText(drawnTitle(notes.title(note), MAX_TITLE_LENGTH)).width;
    return placesBeside(note, { x: at(xs, note), y: at(ys, note) }, radius + 5, width, view);
  };
  const wanted = [...marked.map((label) => [label]), ...titled.map(places)];
  const labels = roomFor(wanted, MAX_TITLES, xs, ys).slice(marked.length);
  for (const { note, x, y } of labels)
    write(context, drawnTitle(notes.title(note), MAX_TITLE_LENGTH), x, y, paint.ink, paint);
  return labels.length;
}

/** Where the marked note's title stands, in the typeface that is set: it has its place before all others. */
function markedLabel(
  context: CanvasRenderingContext2D,
  notes: MapNotes,
  { note }: Marks,
  view: View,
  radius: number,
): Label[] {
  return note === undefined ? [] : [placed(context, notes, note, view, radius + 3)];
}

function drawMarked(
  context: CanvasRenderingContext2D,
  notes: MapNotes,
  note: number,
  view: View,
  paint: Paint,
  radius: number,
): void {
  const [x, y] = [view.screenX(at(notes.x, note)), view.screenY(at(notes.y, note))];
  context.beginPath();
  context.arc(x, y, radius + 3, 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = paint.accent;
  context.stroke();
  context.font = `600 13px ${paint.font}`;
  const label = placed(context, notes, note, view, radius + 3);
  write(context, drawnTitle(notes.title(note), MAX_TITLE_LENGTH), label.x, label.y, paint.accent, paint);
}

/** A title to the right of its point, to the left where the right has no room, and within the screen where neither has. */
function placed(
  context: CanvasRenderingContext2D,
  notes: MapNotes,
  note: number,
  view: View,
  radius: number,
): Label {
  const [x, y] = [view.screenX(at(notes.x, note)), view.screenY(at(notes.y, note))];
  const width = context.measureText(drawnTitle(notes.title(note), MAX_TITLE_LENGTH)).width;
  const gap = radius + 5;
  const left = x + gap + width > view.width ? x - gap - width : x + gap;
  return { note, x: Math.max(2, left), y, width };
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  paint: Paint,
): void {
  context.textBaseline = "middle";
  context.textAlign = "left"; // whichever way the page's text runs: places are from the left
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = paint.paper;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

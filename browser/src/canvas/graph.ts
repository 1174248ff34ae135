// The page of the graph: draws it, and lets pointer and keyboard move in it. Without scripts the page is its table.

import { translate } from "../messages/graph.ts";
import { drawGraph, type Marks, makeStill, type Paint, radii } from "./graph-draw.ts";
import { type GraphData, GraphNotes } from "./graph-notes.ts";
import { Colouring, coloursOf } from "./groups.ts";
import {
  bindPanZoom,
  fitCanvas,
  followColours,
  followSize,
  goTo,
  type Picture,
  type ScreenPoint,
  zoom,
} from "./pan-zoom.ts";
import { readColours } from "./read-colours.ts";
import { at, View } from "./view.ts";

const REST = 150; // milliseconds after a movement until the picture is drawn in full
const NAMED = "#note=";
const STRIDE = 60; // pixels that an arrow moves the view by when no note is marked

/** Draws the graph where the page has its place for it. */
export function showGraph(data: GraphData): void {
  const frame = document.querySelector<HTMLElement>("[data-graph]");
  const canvas = frame?.querySelector("canvas");
  const context = canvas?.getContext("2d");
  if (frame && canvas && context) new GraphPage(frame, canvas, context, new GraphNotes(data));
}

class GraphPage implements Picture {
  readonly view = new View();
  private readonly status: Element | null;
  private readonly find: HTMLInputElement | null;
  private paint: Paint;
  private marks: Marks = {
    note: undefined,
    named: undefined,
    steps: 1,
    found: new Set(),
    way: "topic",
  };
  private readonly colouring: Colouring;
  private readonly still = makeStill();
  private matches: number[] = [];
  private drawing = 0;
  private resting = 0;

  constructor(
    frame: HTMLElement,
    readonly canvas: HTMLCanvasElement,
    private readonly context: CanvasRenderingContext2D,
    private readonly notes: GraphNotes,
  ) {
    this.status = frame.querySelector("[data-graph-said]");
    this.find = frame.querySelector("[data-graph-find]");
    this.paint = readPaint(canvas, notes);
    this.colouring = new Colouring(frame, notes.groupings, this.paint.groups, (lit) => this.light(lit ?? []));
    this.light([]);
    this.view.bound(notes.x, notes.y);
    followSize(canvas, () => this.fit());
    followColours(() => {
      this.paint = readPaint(canvas, notes);
      this.colouring.paint(this.paint.groups);
      this.drawSoon();
    });
    bindPanZoom(this);
    // Who goes on to the tools still means the same note.
    canvas.addEventListener("blur", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && frame.contains(relatedTarget))) this.mark(undefined);
    });
    this.followTools(frame);
  }

  get marked(): number | undefined {
    return this.marks.note;
  }

  placeOf(note: number): { x: number; y: number } {
    return { x: at(this.notes.x, note), y: at(this.notes.y, note) };
  }

  pointAt({ x, y }: ScreenPoint, reach: number): number | undefined {
    const radius = radii(this.notes, this.view);
    let found: number | undefined;
    let least = reach;
    for (let note = 0; note < this.notes.count; note += 1) {
      const place = this.placeOf(note);
      const [dx, dy] = [this.view.screenX(place.x) - x, this.view.screenY(place.y) - y];
      const distance = Math.hypot(dx, dy) - radius(note);
      if (distance < least) {
        found = note;
        least = distance;
      }
    }
    return found;
  }

  /** Lights a note with its neighbours, or none, and says which. */
  mark(note: number | undefined): void {
    if (note === this.marks.note) return;
    this.marks = { ...this.marks, note };
    this.report(note === undefined ? "" : this.describe(note));
    this.drawSoon();
  }

  urlOf(note: number): string {
    return this.notes.url(note);
  }

  /** To the linked note in this direction; with none marked the view moves. */
  step(dx: number, dy: number): void {
    const { note } = this.marks;
    if (note === undefined) {
      this.view.pan(-dx * STRIDE, -dy * STRIDE);
      return;
    }
    const next = this.notes.toward(note, dx, dy);
    if (next !== undefined) goTo(this, next);
  }

  /** The note with fewer links, or with more. */
  actOf(key: string): (() => void) | undefined {
    const { note } = this.marks;
    if (key === "n")
      return () => goTo(this, note === undefined ? 0 : Math.min(this.notes.count - 1, note + 1));
    if (key === "p") return () => goTo(this, Math.max(0, (note ?? 0) - 1));
    return undefined;
  }

  drawSoon(inMotion = false): void {
    cancelAnimationFrame(this.drawing);
    clearTimeout(this.resting);
    this.drawing = requestAnimationFrame(() => this.draw(inMotion));
    if (inMotion) this.resting = window.setTimeout(() => this.drawSoon(), REST);
  }

  private fit(): void {
    const isFirst = this.view.width <= 1;
    fitCanvas(this.context, this.view);
    if (isFirst) this.showNamed();
    this.draw();
  }

  private followTools(frame: HTMLElement): void {
    const onClick = (name: string, act: () => void) =>
      frame.querySelector(`[data-graph-${name}]`)?.addEventListener("click", act);
    onClick("in", () => zoom(this, 1.5));
    onClick("out", () => zoom(this, 1 / 1.5));
    onClick("all", () => {
      this.marks = { ...this.marks, named: undefined };
      this.view.showAll();
      this.drawSoon();
    });
    const steps = frame.querySelector<HTMLSelectElement>("[data-graph-steps]");
    steps?.addEventListener("change", () => {
      this.marks = { ...this.marks, steps: Number(steps.value) };
      this.showAround();
    });
    this.find?.addEventListener("input", () => this.onFind());
    this.find?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.showNextMatch();
    });
  }

  /** The note that the address names, `#note=…`, with what is around it: a note's own page leads here. */
  private showNamed(): void {
    if (!location.hash.startsWith(NAMED)) return;
    const named = this.notes.at(location.hash.slice(NAMED.length));
    if (named === undefined) return;
    this.marks = { ...this.marks, named };
    this.report(this.describe(named));
    this.showAround();
  }

  /** As close as all that is lit around a note can be seen. */
  private showAround(): void {
    const { steps, note = this.marks.named } = this.marks;
    if (note !== undefined) {
      const { notes } = this.notes.around(note, steps);
      const places = (of: Float64Array) => Float64Array.from(notes, (one) => at(of, one));
      this.view.showPart(places(this.notes.x), places(this.notes.y));
    }
    this.drawSoon();
  }

  private light(notes: readonly number[]): void {
    this.marks = {
      ...this.marks,
      note: undefined,
      named: undefined,
      found: new Set(notes),
      way: this.colouring.way,
    };
    this.drawSoon();
  }

  private draw(inMotion = false): void {
    if (!this.canvas.isConnected) return; // another page was written in the place of this one
    const drawn = drawGraph(
      this.context,
      this.notes,
      this.view,
      this.marks,
      this.paint,
      this.still,
      inMotion,
    );
    this.canvas.dataset.links = String(drawn.links);
    this.canvas.dataset.titles = String(drawn.titles);
  }

  private describe(note: number): string {
    const words = translate("links", { title: this.notes.title(note), count: this.notes.degree(note) });
    const group = this.colouring.nameOf(note);
    return group ? `${words} · ${group}` : words;
  }

  private report(words: string): void {
    if (this.status) this.status.textContent = words;
  }

  // -- finding ----------------------------------------------------------------------------------

  private onFind(): void {
    this.matches = this.notes.matching(this.find?.value ?? "");
    this.colouring.letGo();
    this.light(this.matches);
    const words = this.find?.value.trim();
    this.report(words ? translate("found", { count: this.matches.length }) : "");
  }

  /** Enter goes through what was found, the most linked note first. */
  private showNextMatch(): void {
    const next = this.matches.shift();
    if (next === undefined) return;
    this.matches.push(next);
    if (this.view.zoom < 3) this.view.zoomBy(3 / this.view.zoom);
    const { x, y } = this.placeOf(next);
    this.view.centre(x, y);
    this.mark(next);
  }
}

function readPaint(canvas: HTMLCanvasElement, notes: GraphNotes): Paint {
  return readColours((colour) => ({
    paper: colour("var(--raised)"),
    ink: colour("var(--ink)"),
    soft: colour("var(--border-strong)"),
    line: colour("var(--border)"),
    accent: colour("var(--accent)"),
    groups: coloursOf(notes.groupings, colour),
    font: getComputedStyle(canvas).fontFamily,
  }));
}

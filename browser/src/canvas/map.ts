// The page of the map: draws it, lets pointer and keyboard move in it, colours and searches it. Without scripts the page
// is its table.

import { translate } from "../messages/map.ts";
import { Colouring, coloursOf } from "./groups.ts";
import { drawMap, type Marks, type Paint, radiusOf } from "./map-draw.ts";
import { type MapData, MapNotes } from "./map-notes.ts";
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

const TYPING = 200; // milliseconds after the last key until the notes are searched
const MAX_FOUND = 50;

/** Draws the map where the page has its place for it. */
export function showMap(data: MapData): void {
  const frame = document.querySelector<HTMLElement>("[data-map]");
  const canvas = frame?.querySelector("canvas");
  const context = canvas?.getContext("2d");
  if (frame && canvas && context) new MapPage(frame, canvas, context, new MapNotes(data));
}

class MapPage implements Picture {
  readonly view = new View();
  private readonly status: Element | null;
  private readonly find: HTMLInputElement | null;
  private readonly colouring: Colouring;
  private paint: Paint;
  private marks: Marks = { note: undefined, lit: undefined, way: "topic" };
  /** What the search found, for Enter to go through. */
  private found: number[] = [];
  private drawing = 0;

  constructor(
    frame: HTMLElement,
    readonly canvas: HTMLCanvasElement,
    private readonly context: CanvasRenderingContext2D,
    private readonly notes: MapNotes,
  ) {
    this.status = frame.querySelector("[data-map-said]");
    this.find = frame.querySelector("[data-map-find]");
    this.paint = readPaint(canvas, notes);
    this.colouring = new Colouring(frame, notes.groupings, this.paint.groups, (lit) => this.light(lit));
    this.light(undefined);
    this.view.bound(notes.x, notes.y);
    followSize(canvas, () => this.fit());
    followColours(() => {
      this.paint = readPaint(canvas, notes);
      this.colouring.paint(this.paint.groups);
      this.drawSoon();
    });
    bindPanZoom(this);
    canvas.addEventListener("focus", () => this.enter());
    canvas.addEventListener("blur", () => this.mark(undefined));
    this.followTools(frame);
  }

  get marked(): number | undefined {
    return this.marks.note;
  }

  placeOf(note: number): { x: number; y: number } {
    return { x: at(this.notes.x, note), y: at(this.notes.y, note) };
  }

  pointAt({ x, y }: ScreenPoint, reach: number): number | undefined {
    const far = (reach + radiusOf(this.notes, this.view)) / this.view.scale;
    return this.notes.nearest((x - this.view.x) / this.view.scale, (y - this.view.y) / this.view.scale, far);
  }

  /** Marks a note, or none, and says which. */
  mark(note: number | undefined): void {
    if (note === this.marks.note) return;
    this.marks = { ...this.marks, note };
    this.report(note === undefined ? "" : this.describe(note));
    this.drawSoon();
  }

  urlOf(note: number): string {
    return this.notes.url(note);
  }

  step(dx: number, dy: number): void {
    const { note } = this.marks;
    if (note === undefined) {
      this.enter();
      return;
    }
    const { x, y } = this.placeOf(note);
    const next = this.notes.toward(x, y, dx, dy);
    if (next !== undefined) goTo(this, next);
  }

  drawSoon(): void {
    cancelAnimationFrame(this.drawing);
    this.drawing = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const drawn = drawMap(this.context, this.notes, this.view, this.marks, this.paint);
    this.canvas.dataset.points = String(drawn.points);
    this.canvas.dataset.names = String(drawn.names);
    this.canvas.dataset.titles = String(drawn.titles);
  }

  private fit(): void {
    fitCanvas(this.context, this.view);
    this.draw();
  }

  private followTools(frame: HTMLElement): void {
    const onClick = (name: string, act: () => void) =>
      frame.querySelector(`[data-map-${name}]`)?.addEventListener("click", act);
    onClick("in", () => zoom(this, 1.5));
    onClick("out", () => zoom(this, 1 / 1.5));
    onClick("all", () => {
      this.view.showAll();
      this.drawSoon();
    });
    let typing = 0;
    this.find?.addEventListener("input", () => {
      clearTimeout(typing);
      typing = window.setTimeout(() => void this.search(), TYPING);
    });
    this.find?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.showNextFound();
    });
  }

  /** From the keyboard, the note in the middle of what is seen is marked first. */
  private enter(): void {
    if (this.marks.note !== undefined || !this.canvas.matches(":focus-visible")) return;
    const { view } = this;
    const note = this.notes.nearest(
      (view.width / 2 - view.x) / view.scale,
      (view.height / 2 - view.y) / view.scale,
    );
    if (note !== undefined) goTo(this, note);
  }

  private report(words: string): void {
    if (this.status) this.status.textContent = words;
  }

  /** The title with the note's group in the colours that are shown. */
  private describe(note: number): string {
    const group = this.colouring.nameOf(note);
    return group ? `${this.notes.title(note)} · ${group}` : this.notes.title(note);
  }

  private light(notes: readonly number[] | undefined): void {
    this.marks = { ...this.marks, lit: notes && new Set(notes), way: this.colouring.way };
    this.drawSoon();
  }

  // -- finding ----------------------------------------------------------------------------------

  private async search(): Promise<void> {
    const words = this.find?.value.trim() ?? "";
    const found = words ? await this.matches(words) : [];
    // What was asked meanwhile has its own answer.
    if (words !== (this.find?.value.trim() ?? "")) return;
    this.found = found;
    this.colouring.letGo();
    this.light(words ? found : undefined);
    this.report(words ? translate("found", { count: found.length }) : "");
  }

  /** As the site's search finds them, by word and meaning, best first; by title where there is none. */
  private async matches(words: string): Promise<number[]> {
    const search = window.notegen?.search;
    if (!search) return this.notes.matching(words);
    try {
      const { hits } = await search(words, { limit: MAX_FOUND });
      const numbers = new Map<string, number>();
      // Hits have their addresses from the site's root, where the map's page lies, as they are, not percent-encoded.
      for (let note = 0; note < this.notes.count; note += 1) {
        numbers.set(decodeURIComponent(this.notes.url(note)), note);
      }
      return hits.flatMap(({ url }) => numbers.get(url) ?? []);
    } catch {
      return this.notes.matching(words);
    }
  }

  /** Enter goes through what was found, the best first. */
  private showNextFound(): void {
    const next = this.found.shift();
    if (next === undefined) return;
    this.found.push(next);
    goTo(this, next);
  }
}

function readPaint(canvas: HTMLCanvasElement, notes: MapNotes): Paint {
  return readColours((colour) => ({
    paper: colour("var(--raised)"),
    ink: colour("var(--ink)"),
    accent: colour("var(--accent)"),
    plain: colour("var(--border-strong)"),
    groups: coloursOf(notes.groupings, colour),
    font: getComputedStyle(canvas).fontFamily,
  }));
}

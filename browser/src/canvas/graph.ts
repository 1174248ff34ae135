// The page of the graph: draws it, and lets pointer and keyboard move in it. Without scripts the page is its table.

import { translate } from "../messages/graph.ts";
import { drawGraph, type Marks, makeStill, type Paint, radii } from "./graph-draw.ts";
import { at, type GraphData, GraphNotes } from "./graph-notes.ts";
import { View } from "./view.ts";

const REST = 150; // milliseconds after a movement until the picture is drawn in full
const CLICK = 5; // pixels that a pointer may move within a click
const NEAR = { mouse: 6, touch: 18 };

/** Draws the graph where the page has its place for it. */
export function showGraph(data: GraphData): void {
  const frame = document.querySelector<HTMLElement>("[data-graph]");
  const canvas = frame?.querySelector("canvas");
  const context = canvas?.getContext("2d");
  if (frame && canvas && context) new GraphPage(frame, canvas, context, new GraphNotes(data));
}

class GraphPage {
  private readonly view = new View();
  private readonly status: Element | null;
  private readonly find: HTMLInputElement | null;
  private paint: Paint;
  private marks: Marks = { note: undefined, found: new Set() };
  private readonly still = makeStill();
  private matches: number[] = [];
  /** Pointers that are down, and where they are. */
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private moved = 0;
  /** The note that a finger has shown, which a second tap opens. */
  private tapped: number | undefined;
  private drawing = 0;
  private resting = 0;

  constructor(
    frame: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    private readonly context: CanvasRenderingContext2D,
    private readonly notes: GraphNotes,
  ) {
    this.status = frame.querySelector("[data-graph-said]");
    this.find = frame.querySelector("[data-graph-find]");
    this.paint = readPaint(canvas);
    new ResizeObserver(() => this.fit()).observe(canvas);
    this.followColours();
    this.followPointer();
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    canvas.addEventListener("blur", () => this.mark(undefined));
    this.followTools(frame);
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.view.resize(width, height);
    this.draw();
  }

  private followColours(): void {
    const repaint = () => {
      this.paint = readPaint(this.canvas);
      this.drawSoon();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  private followTools(frame: HTMLElement): void {
    const onClick = (name: string, act: () => void) =>
      frame.querySelector(`[data-graph-${name}]`)?.addEventListener("click", () => {
        act();
        this.drawSoon();
      });
    onClick("in", () => this.view.zoomBy(1.5));
    onClick("out", () => this.view.zoomBy(1 / 1.5));
    onClick("all", () => this.view.showAll());
    this.find?.addEventListener("input", () => this.onFind());
    this.find?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.showNextMatch();
    });
  }

  // -- drawing ----------------------------------------------------------------------------------

  private draw(inMotion = false): void {
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

  private drawSoon(inMotion = false): void {
    cancelAnimationFrame(this.drawing);
    clearTimeout(this.resting);
    this.drawing = requestAnimationFrame(() => this.draw(inMotion));
    if (inMotion) this.resting = window.setTimeout(() => this.drawSoon(), REST);
  }

  /** Lights a note with its neighbours, or none, and says which. */
  private mark(note: number | undefined): void {
    if (note === this.marks.note) return;
    this.marks = { ...this.marks, note };
    this.report(note === undefined ? "" : this.describe(note));
    this.drawSoon();
  }

  private describe(note: number): string {
    return translate("links", { title: this.notes.title(note), count: this.notes.degree(note) });
  }

  private report(words: string): void {
    if (this.status) this.status.textContent = words;
  }

  /** The note is marked, and in sight. */
  private goTo(note: number): void {
    const [x, y] = [this.view.screenX(at(this.notes.x, note)), this.view.screenY(at(this.notes.y, note))];
    const margin = 48;
    const inSight = x > margin && y > margin && x < this.view.width - margin && y < this.view.height - margin;
    if (!inSight) this.view.centre(at(this.notes.x, note), at(this.notes.y, note));
    this.mark(note);
  }

  private open(note: number, elsewhere: boolean): void {
    const address = new URL(this.notes.url(note), document.baseURI).href;
    if (elsewhere) window.open(address, "_blank");
    else location.href = address;
  }

  // -- the pointer ------------------------------------------------------------------------------

  private followPointer(): void {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.onDown(event));
    canvas.addEventListener("pointermove", (event) => this.onMove(event));
    canvas.addEventListener("pointerup", (event) => this.onUp(event));
    canvas.addEventListener("pointercancel", (event) => this.release(event));
    canvas.addEventListener("pointerleave", (event) => {
      // A finger that is lifted leaves too; what it has shown stays.
      if (event.pointerType === "mouse" && document.activeElement !== canvas) this.mark(undefined);
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
        const { x, y } = this.placeOf(event);
        this.view.zoomBy(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) / 250), x, y);
        this.drawSoon(true);
      },
      { passive: false },
    );
  }

  private placeOf(event: MouseEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.placeOf(event));
    this.moved = this.pointers.size > 1 ? Number.POSITIVE_INFINITY : 0;
  }

  private onMove(event: PointerEvent): void {
    const place = this.placeOf(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      const note = this.noteAt(place, event.pointerType);
      this.canvas.classList.toggle("over", note !== undefined);
      if (note !== undefined || document.activeElement !== this.canvas) this.mark(note);
      return;
    }
    this.moved += Math.abs(place.x - before.x) + Math.abs(place.y - before.y);
    this.pointers.set(event.pointerId, place);
    if (this.moved <= CLICK) return;
    this.canvas.classList.add("moving");
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const spread = (one: { x: number; y: number }) => Math.hypot(one.x - other.x, one.y - other.y);
      this.view.zoomBy(spread(place) / Math.max(1, spread(before)), other.x, other.y);
    } else this.view.pan(place.x - before.x, place.y - before.y);
    this.drawSoon(true);
  }

  private onUp(event: PointerEvent): void {
    const wasClick = this.pointers.has(event.pointerId) && this.moved <= CLICK;
    this.release(event);
    if (!wasClick) return;
    const note = this.noteAt(this.placeOf(event), event.pointerType);
    // A finger cannot hover: its first tap shows a note, its second opens it.
    const shownFirst = event.pointerType === "mouse" || note === this.tapped;
    this.tapped = note;
    this.mark(note);
    if (note !== undefined && shownFirst) this.open(note, event.ctrlKey || event.metaKey);
  }

  private release(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size === 0) this.canvas.classList.remove("moving");
  }

  /** The note at a point of the screen, or close to it. */
  private noteAt({ x, y }: { x: number; y: number }, pointer: string): number | undefined {
    const radius = radii(this.notes, this.view);
    const near = pointer === "touch" ? NEAR.touch : NEAR.mouse;
    let found: number | undefined;
    let least = near;
    for (let note = 0; note < this.notes.count; note += 1) {
      const [dx, dy] = [
        this.view.screenX(at(this.notes.x, note)) - x,
        this.view.screenY(at(this.notes.y, note)) - y,
      ];
      const distance = Math.hypot(dx, dy) - radius(note);
      if (distance < least) {
        found = note;
        least = distance;
      }
    }
    return found;
  }

  // -- the keyboard -----------------------------------------------------------------------------

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = this.actOf(event.key);
    if (!act) return;
    // The page's own keys stay out of it: arrows would leave, or scroll.
    event.preventDefault();
    act();
    this.drawSoon();
  }

  private actOf(key: string): (() => void) | undefined {
    const { note } = this.marks;
    switch (key) {
      case "ArrowLeft":
        return () => this.step(-1, 0);
      case "ArrowRight":
        return () => this.step(1, 0);
      case "ArrowUp":
        return () => this.step(0, -1);
      case "ArrowDown":
        return () => this.step(0, 1);
      case "n":
        return () => this.goTo(note === undefined ? 0 : Math.min(this.notes.count - 1, note + 1));
      case "p":
        return () => this.goTo(Math.max(0, (note ?? 0) - 1));
      case "+":
      case "=":
        return () => this.zoomOnNote(1.5);
      case "-":
        return () => this.zoomOnNote(1 / 1.5);
      case "0":
        return () => this.view.showAll();
      case "Enter":
        return note === undefined ? undefined : () => this.open(note, false);
      case "Escape":
        return note === undefined ? undefined : () => this.mark(undefined);
      default:
        return undefined;
    }
  }

  /** To the linked note in this direction; with none chosen the view moves. */
  private step(dx: number, dy: number): void {
    const { note } = this.marks;
    if (note === undefined) {
      this.view.pan(-dx * 60, -dy * 60);
      return;
    }
    const next = this.notes.toward(note, dx, dy);
    if (next !== undefined) this.goTo(next);
  }

  private zoomOnNote(factor: number): void {
    const { note } = this.marks;
    if (note !== undefined) this.view.centre(at(this.notes.x, note), at(this.notes.y, note));
    this.view.zoomBy(factor);
  }

  // -- finding ----------------------------------------------------------------------------------

  private onFind(): void {
    this.matches = this.notes.matching(this.find?.value ?? "");
    this.marks = { note: undefined, found: new Set(this.matches) };
    const words = this.find?.value.trim();
    this.report(words ? translate("found", { count: this.matches.length }) : "");
    this.drawSoon();
  }

  /** Enter goes through what was found, the most linked note first. */
  private showNextMatch(): void {
    const next = this.matches.shift();
    if (next === undefined) return;
    this.matches.push(next);
    if (this.view.zoom < 3) this.view.zoomBy(3 / this.view.zoom);
    this.view.centre(at(this.notes.x, next), at(this.notes.y, next));
    this.mark(next);
  }
}

function readPaint(canvas: HTMLCanvasElement): Paint {
  const probe = document.body.appendChild(document.createElement("i"));
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const paint = {
    paper: colour("raised"),
    ink: colour("ink"),
    soft: colour("edge"),
    line: colour("line"),
    accent: colour("accent"),
    font: getComputedStyle(canvas).fontFamily,
  };
  probe.remove();
  return paint;
}

// What the pictures of graph and map have in common: pointer and keyboard move in them (drag, Ctrl and wheel, two fingers,
// arrows, plus, minus and nought), and they keep to the size and the colours of their page. A wheel alone and one finger
// scroll the page, as everywhere.

import { withChoices } from "../lib/choices.ts";
import { PointLink } from "./point-link.ts";
import type { View } from "./view.ts";

/** A place on the screen, in pixels from the canvas's corner. */
export interface ScreenPoint {
  x: number;
  y: number;
}

/** What a picture does when it is asked. A point is known by its number; undefined is none. */
export interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly view: View;
  /** The point that is marked. */
  readonly marked: number | undefined;
  /** Where a point lies in the plane. */
  placeOf(point: number): { x: number; y: number };
  /** The point at a cursor or within `reach` pixels of it. */
  pointAt(cursor: ScreenPoint, reach: number): number | undefined;
  mark(point: number | undefined): void;
  /** The address of its note, from the page. */
  urlOf(point: number): string;
  /** Marks the next point in this direction, a unit vector. */
  step(dx: number, dy: number): void;
  /** What another key than those of every picture does. */
  actOf?(key: string): (() => void) | undefined;
  /** Draws before the next frame; `inMotion` while more movements are likely to follow. */
  drawSoon(inMotion?: boolean): void;
}

const CLICK = 5; // pixels that a pointer may move within a click
const REACH = { mouse: 6, touch: 18 };
const CLOSER = 1.5;
const HINT = 1500; // milliseconds that a hint is shown
const MARGIN = 48; // pixels from the edge within which a point is not well in sight

/** Follows pointer and keyboard on the picture's canvas. */
export function bindPanZoom(picture: Picture): void {
  followPointer(picture);
  followWheel(picture);
  picture.canvas.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = actOf(picture, event.key) ?? picture.actOf?.(event.key);
    if (!act) return;
    // The page's own keys stay out of it: arrows would leave, or scroll.
    event.preventDefault();
    act();
    picture.drawSoon();
  });
}

/** Calls `refit` when the canvas has another size; on paper it has none, and is later where it was. */
export function followSize(canvas: HTMLCanvasElement, refit: () => void): void {
  new ResizeObserver(() => {
    if (canvas.clientWidth > 0 && canvas.clientHeight > 0) refit();
  }).observe(canvas);
}

/** Keeps the canvas as sharp as the screen, at the size that the page gives it. */
export function fitCanvas(context: CanvasRenderingContext2D, view: View): void {
  const { canvas } = context;
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  view.resize(width, height);
}

/** Calls `repaint` when the page's colours change. */
export function followColours(repaint: () => void): void {
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"])
    matchMedia(query).addEventListener("change", repaint);
  new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** Marks a point, and brings it into sight. */
export function goTo(picture: Picture, point: number): void {
  const { view } = picture;
  const place = picture.placeOf(point);
  const [x, y] = [view.screenX(place.x), view.screenY(place.y)];
  const inSight = x > MARGIN && y > MARGIN && x < view.width - MARGIN && y < view.height - MARGIN;
  if (!inSight) view.centre(place.x, place.y);
  picture.mark(point);
}

/** Opens a page of the site, from an address in the page's data. */
function openPage(url: string, elsewhere: boolean): void {
  const address = withChoices(new URL(url, document.baseURI).href);
  if (elsewhere) window.open(address, "_blank");
  else location.href = address;
}

/** Comes closer by a factor, around a cursor; without one the marked point comes to the middle. */
export function zoom(picture: Picture, factor: number, cursor?: ScreenPoint): void {
  const { marked, view } = picture;
  if (!cursor && marked !== undefined) {
    const { x, y } = picture.placeOf(marked);
    view.centre(x, y);
  }
  view.zoomBy(factor, cursor?.x, cursor?.y);
  picture.drawSoon(cursor !== undefined);
}

function followPointer(picture: Picture): void {
  const { canvas } = picture;
  const down = new Map<number, ScreenPoint>();
  let moved = 0;
  // A finger cannot hover: its first tap shows a point, its second opens it.
  let tapped: number | undefined;
  const link = new PointLink(canvas);
  const reachOf = (event: PointerEvent) => (event.pointerType === "touch" ? REACH.touch : REACH.mouse);
  const pointOf = (event: MouseEvent): ScreenPoint => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const follow = (point: number | undefined) => {
    if (point === undefined) {
      link.leave();
      return;
    }
    const { x, y } = picture.placeOf(point);
    link.rest(point, picture.urlOf(point), picture.view.screenX(x), picture.view.screenY(y));
  };
  const release = (event: PointerEvent) => {
    down.delete(event.pointerId);
    if (down.size === 0) canvas.classList.remove("dragging");
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, pointOf(event));
    moved = down.size > 1 ? Number.POSITIVE_INFINITY : 0;
  });
  // Two fingers are the picture's, one is the page's.
  for (const name of ["touchstart", "touchmove"] as const)
    canvas.addEventListener(name, (event) => event.touches.length > 1 && event.preventDefault(), {
      passive: false,
    });
  canvas.addEventListener("pointermove", (event) => {
    const cursor = pointOf(event);
    const before = down.get(event.pointerId);
    if (!before) {
      const point = picture.pointAt(cursor, reachOf(event));
      canvas.classList.toggle("hovering", point !== undefined);
      if (point !== undefined || document.activeElement !== canvas) picture.mark(point);
      if (event.pointerType === "mouse") follow(point);
      return;
    }
    moved += Math.abs(cursor.x - before.x) + Math.abs(cursor.y - before.y);
    down.set(event.pointerId, cursor);
    if (moved <= CLICK) return;
    link.leave();
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (!other && event.pointerType === "touch") return;
    canvas.classList.add("dragging");
    if (other) {
      const spread = (one: ScreenPoint) => Math.hypot(one.x - other.x, one.y - other.y);
      picture.view.pan((cursor.x - before.x) / 2, (cursor.y - before.y) / 2);
      const middle = { x: (cursor.x + other.x) / 2, y: (cursor.y + other.y) / 2 };
      zoom(picture, spread(cursor) / Math.max(1, spread(before)), middle);
    } else {
      picture.view.pan(cursor.x - before.x, cursor.y - before.y);
      picture.drawSoon(true);
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    const wasClick = down.has(event.pointerId) && moved <= CLICK;
    release(event);
    if (!wasClick) return;
    const point = picture.pointAt(pointOf(event), reachOf(event));
    const shown = event.pointerType === "mouse" || point === tapped;
    tapped = point;
    picture.mark(point);
    if (point !== undefined && shown) openPage(picture.urlOf(point), event.ctrlKey || event.metaKey);
  });
  canvas.addEventListener("pointercancel", (event) => {
    // The browser scrolls the page with this finger; who wanted to move the picture learns how.
    if (event.pointerType === "touch" && down.size === 1) hint(canvas);
    release(event);
  });
  canvas.addEventListener("pointerleave", (event) => {
    link.leave();
    // A finger that is lifted leaves too; what it has shown stays.
    if (event.pointerType === "mouse" && document.activeElement !== canvas) picture.mark(undefined);
  });
}

function followWheel(picture: Picture): void {
  picture.canvas.addEventListener(
    "wheel",
    (event) => {
      // Pinching on a touchpad comes as a wheel with Ctrl too.
      if (!event.ctrlKey && !event.metaKey) {
        hint(picture.canvas);
        return;
      }
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const box = picture.canvas.getBoundingClientRect();
      const cursor = { x: event.clientX - box.left, y: event.clientY - box.top };
      zoom(picture, Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) / 250), cursor);
    },
    { passive: false },
  );
}

const hiding = new WeakMap<Element, number>();

/** Shows for a moment how the picture is moved. */
function hint(canvas: HTMLCanvasElement): void {
  const words = canvas.parentElement?.querySelector(".canvas-hint");
  if (!words) return;
  words.classList.add("shown");
  clearTimeout(hiding.get(words));
  hiding.set(
    words,
    window.setTimeout(() => words.classList.remove("shown"), HINT),
  );
}

function actOf(picture: Picture, key: string): (() => void) | undefined {
  const { marked } = picture;
  switch (key) {
    case "ArrowLeft":
      return () => picture.step(-1, 0);
    case "ArrowRight":
      return () => picture.step(1, 0);
    case "ArrowUp":
      return () => picture.step(0, -1);
    case "ArrowDown":
      return () => picture.step(0, 1);
    case "+":
    case "=":
      return () => zoom(picture, CLOSER);
    case "-":
      return () => zoom(picture, 1 / CLOSER);
    case "0":
      return () => picture.view.showAll();
    case "Enter":
      return marked === undefined ? undefined : () => openPage(picture.urlOf(marked), false);
    case "Escape":
      return marked === undefined ? undefined : () => picture.mark(undefined);
    default:
      return undefined;
  }
}

// Which part of the plane is seen: the square from 0 to 1 on a screen of some pixels.

const MARGIN = 36;
const MAX_ZOOM = 80;
const MIN_SPAN = 0.1; // a single note is not the size of the screen

/** A view; `x` and `y` are where the plane's corner (0, 0) is on the screen, `scale` is pixels a unit. */
export class View {
  x = 0;
  y = 0;
  scale = 1;
  width = 1;
  height = 1;

  /** How much closer this is than seeing all: 1 and more. */
  get zoom(): number {
    return this.scale / this.wholeScale;
  }

  /** What there is to see: all of the square, or what of it has notes. */
  private low = { x: 0, y: 0 };
  private span = { x: 1, y: 1 };

  /** Only this part of the plane has notes: all is seen when they are, so that few notes fill the screen as well. */
  bound(xs: Float64Array, ys: Float64Array): void {
    if (xs.length === 0) return;
    const [[x, width], [y, height]] = [ends(xs), ends(ys)];
    this.low = { x, y };
    this.span = { x: width, y: height };
  }

  private get wholeScale(): number {
    const { x, y } = this.span;
    return Math.max(1, Math.min((this.width - 2 * MARGIN) / x, (this.height - 2 * MARGIN) / y));
  }

  /** All notes are seen. */
  showAll(): void {
    this.scale = this.wholeScale;
    this.centre(this.low.x + this.span.x / 2, this.low.y + this.span.y / 2);
  }

  /** These places are seen, and no more than has to be. */
  showPart(xs: Float64Array, ys: Float64Array): void {
    const [[x, width], [y, height]] = [ends(xs), ends(ys)];
    const scale = Math.min((this.width - 2 * MARGIN) / width, (this.height - 2 * MARGIN) / height);
    this.scale = Math.min(this.wholeScale * MAX_ZOOM, Math.max(this.wholeScale, scale));
    this.centre(x + width / 2, y + height / 2);
  }

  /** The screen has another size; what was in its middle stays there. */
  resize(width: number, height: number): void {
    const first = this.width <= 1;
    const middle = { x: (this.width / 2 - this.x) / this.scale, y: (this.height / 2 - this.y) / this.scale };
    const zoom = this.zoom;
    this.width = width;
    this.height = height;
    if (first) {
      this.showAll();
      return;
    }
    this.scale = this.wholeScale * zoom;
    this.centre(middle.x, middle.y);
  }

  /** This place of the plane is in the middle of the screen. */
  centre(x: number, y: number): void {
    this.x = this.width / 2 - x * this.scale;
    this.y = this.height / 2 - y * this.scale;
  }

  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.keepInSight();
  }

  /** Closer by this factor; the plane's place at this point of the screen stays there. */
  zoomBy(factor: number, x = this.width / 2, y = this.height / 2): void {
    const whole = this.wholeScale;
    const scale = Math.min(whole * MAX_ZOOM, Math.max(whole * 0.8, this.scale * factor));
    const real = scale / this.scale;
    this.x = x - (x - this.x) * real;
    this.y = y - (y - this.y) * real;
    this.scale = scale;
    this.keepInSight();
  }

  screenX(x: number): number {
    return this.x + x * this.scale;
  }

  screenY(y: number): number {
    return this.y + y * this.scale;
  }

  /** Nobody loses the graph: its square never leaves the screen's middle third. */
  private keepInSight(): void {
    this.x = Math.min((this.width * 2) / 3, Math.max(this.width / 3 - this.scale, this.x));
    this.y = Math.min((this.height * 2) / 3, Math.max(this.height / 3 - this.scale, this.y));
  }
}

/** Where places begin, and how far they reach. */
function ends(places: Float64Array): readonly [number, number] {
  const low = places.reduce((one, other) => Math.min(one, other));
  const high = places.reduce((one, other) => Math.max(one, other));
  const span = Math.max(MIN_SPAN, high - low);
  return [(low + high - span) / 2, span];
}

/** A number of a typed array that is known to be there. */
export function at(numbers: Float64Array, place: number): number {
  return numbers[place] as number;
}

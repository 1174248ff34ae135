// Which part of the plane is seen: the square from 0 to 1 on a screen of some pixels.

const MARGIN = 36;
const MAX_ZOOM = 80;

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

  private get wholeScale(): number {
    return Math.max(1, Math.min(this.width, this.height) - 2 * MARGIN);
  }

  /** All notes are seen. */
  showAll(): void {
    this.scale = this.wholeScale;
    this.centre(0.5, 0.5);
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

/** A number of a typed array that is known to be there. */
export function at(numbers: Float64Array, place: number): number {
  return numbers[place] as number;
}

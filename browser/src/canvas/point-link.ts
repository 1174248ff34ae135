// A point under the pointer has a link in its place, which nobody sees: what a page shows beside its links, a card with the
// note's beginning, it shows beside the point.

import { element } from "../lib/dom.ts";

/** The link of the point that the pointer is on. */
export class PointLink {
  private link: HTMLAnchorElement | undefined;
  private point: number | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** The pointer is on this point, at this place of the picture. */
  rest(point: number, url: string, x: number, y: number): void {
    if (point === this.point) return;
    this.leave();
    this.point = point;
    const link = element("a", "point-link");
    link.href = url;
    link.tabIndex = -1;
    link.setAttribute("aria-hidden", "true");
    link.style.left = `${this.canvas.offsetLeft + x}px`;
    link.style.top = `${this.canvas.offsetTop + y}px`;
    this.canvas.after(link);
    this.link = link;
    over(link);
  }

  /** It is on none. */
  leave(): void {
    if (!this.link) return;
    this.link.dispatchEvent(new PointerEvent("pointerout", { bubbles: true, pointerType: "mouse" }));
    this.link.remove();
    this.link = this.point = undefined;
    over(this.canvas);
  }
}

function over(place: Element): void {
  place.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
}

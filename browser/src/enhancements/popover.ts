// A small box beside a link, one at a time. It stays while the pointer is on the link or on the box or the link has the
// focus, and Esc closes it (WCAG 2.2, 1.4.13).

import { element, setAttributes } from "../lib/dom.ts";

const LEAVING = 200; // milliseconds to go from the link to the box
const GAP = 8;

/** What a box holds and how it is read. */
export interface Content {
  parts: Node[];
  kind: string;
  /** The name for a screen reader; a box without one only repeats what a click leads to, and is hidden from it. */
  name?: string;
}

/** The box of a page. */
export class Popover {
  private box: HTMLElement | undefined;
  private anchor: Element | undefined;
  private leaving: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    document.addEventListener("pointerover", ({ target }) => this.follow(target as Node));
    document.addEventListener("pointerdown", ({ target }) => this.holds(target as Node) || this.close());
    document.addEventListener("focusin", ({ target }) => this.holds(target as Node) || this.close());
    addEventListener("scroll", () => this.close(), { passive: true });
    addEventListener("pagehide", () => this.close());
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape" || !this.box) return;
        event.stopPropagation();
        this.close();
      },
      true,
    );
  }

  open(anchor: Element, { parts, kind, name }: Content): void {
    this.close();
    const box = element("div", `popover ${kind}`);
    box.append(...parts);
    setAttributes(box, name ? { role: "note", "aria-label": name } : { "aria-hidden": "true" });
    (anchor.closest("main") ?? document.body).append(box);
    this.box = box;
    this.anchor = anchor;
    anchor.setAttribute("data-peeked", "");
    place(box, anchor);
  }

  close(): void {
    clearTimeout(this.leaving);
    this.box?.remove();
    this.anchor?.removeAttribute("data-peeked");
    this.box = this.anchor = undefined;
  }

  private holds(node: Node): boolean {
    return Boolean(this.anchor?.contains(node) || this.box?.contains(node));
  }

  private follow(node: Node): void {
    if (!this.box) return;
    clearTimeout(this.leaving);
    if (this.holds(node) || this.anchor?.contains(document.activeElement)) return;
    this.leaving = setTimeout(() => this.close(), LEAVING);
  }
}

/** Under the link, or above it where there is more room; never over it. */
function place(box: HTMLElement, anchor: Element): void {
  // A link that runs over two lines: where it begins.
  const link = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const rightward = getComputedStyle(document.documentElement).direction === "ltr";
  const wanted = rightward ? link.left : link.right - width;
  const below = innerHeight - link.bottom;
  const left = Math.max(GAP, Math.min(wanted, document.documentElement.clientWidth - width - GAP));
  const top = below > height + 2 * GAP || below > link.top ? link.bottom + GAP : link.top - height - GAP;
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(GAP, top)}px`;
}

// Wide formulas scroll sideways in the block that they stand in. A keyboard can only scroll what has the focus, so such a
// block takes it (WCAG 2.1.1), and only while something is hidden: a stop where nothing moves is in the way.

/** Keeps every formula that scrolls sideways within reach of the keyboard, whatever width the page gets. */
export function startScrollers(): void {
  const text = document.querySelector(".prose");
  if (!text) return;
  const boxes = scrollersOf(text);
  if (boxes.length === 0) return;
  new ResizeObserver(() => {
    const hiding = boxes.map((box) => box.scrollWidth > box.clientWidth);
    boxes.forEach((box, index) => {
      if (hiding[index]) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }).observe(text);
}

/** What templates/prose.css lets scroll: displayed formulas, and the block that a formula stands in. tables.ts has the rest. */
function scrollersOf(text: Element): HTMLElement[] {
  const found = text.querySelectorAll<HTMLElement>(".display, math");
  const boxes = Array.from(found, (one) =>
    one.matches("math") ? one.closest<HTMLElement>("p, ul, ol") : one,
  );
  return [...new Set(boxes)].filter((box) => box !== null);
}

// Tables that are wider than the text scroll in a box of their own, which the keyboard reaches where there is need.

import { translate } from "../messages/notegen.ts";

/** Watches the boxes of tables; a window may be turned, and fonts come late. */
export function startTables(): void {
  if (!document.querySelector(".prose .table-wrapper")) return;
  const watcher = new ResizeObserver((changes) => {
    // Read first, then write: each look after a change would lay out the page once more.
    const boxes = changes.map(({ target }) => target as HTMLElement);
    const hiding = boxes.map((box) => box.scrollWidth > box.clientWidth);
    boxes.forEach((box, at) => {
      reach(box, !!hiding[at]);
    });
  });
  for (const box of document.querySelectorAll(".prose .table-wrapper")) watcher.observe(box);
}

function reach(box: HTMLElement, isHiding: boolean): void {
  const names = { tabindex: "0", role: "group", "aria-label": translate("table") };
  for (const [name, value] of Object.entries(names)) {
    if (isHiding) box.setAttribute(name, value);
    else box.removeAttribute(name);
  }
}

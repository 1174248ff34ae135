// Says to a screen reader what has changed elsewhere than under its cursor.

import { element } from "./dom.ts";

let region: HTMLElement | undefined;

/** Puts the empty region into the page: one that comes with its words is not read out. */
export function prepareToAnnounce(): void {
  if (region) return;
  region = element("p", "visually-hidden");
  region.setAttribute("role", "status");
  document.body.append(region);
}

/** Says it, politely; the same words again too. */
export function announce(words: string): void {
  prepareToAnnounce();
  if (!region) return;
  region.textContent = "";
  const place = region;
  setTimeout(() => {
    place.textContent = words;
  }, 100);
}

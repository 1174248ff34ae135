// What the script of every page does for encrypted notes: it begins with what is unlocked, or waits for who unlocks them.

import { keptKey } from "../lib/kept-key.ts";
import type { Unlocker } from "../lib/namespace.ts";

/** What the script's tag tells it. */
export type PageData = Record<string, string | undefined>;

/** Starts the page with what its scripts have to know, at once or when it is decrypted. */
export function startUnlocked(
  data: PageData,
  load: () => Promise<Unlocker>,
  start: (data: PageData) => void,
): void {
  const { notegen } = window;
  const begin = () => {
    const { unlocked } = window.notegen;
    start({ ...data, ...unlocked?.data });
    listen(load);
    if (unlocked) showUnlocked();
  };
  for (const [name, content] of notegen.unlocked?.brought ?? []) notegen.add(name, content);
  if (notegen.unlocked || !keptKey(data.locked?.split(" ")[0] ?? "")) begin();
  else
    ready()
      .then(load)
      .then((unlocker) => unlocker.resume())
      .then((isWritten) => isWritten || begin(), begin);
}

/** When the page as it came is whole: before that, no other may be written in its place. */
function ready(): Promise<unknown> {
  return new Promise((resolve) => {
    if (document.readyState === "complete") resolve(undefined);
    addEventListener("DOMContentLoaded", resolve);
    addEventListener("load", resolve);
  });
}

function listen(load: () => Promise<Unlocker>): void {
  document.addEventListener("click", ({ target }) => {
    if (!(target as Element).closest("[data-action='unlock']")) return;
    const act = window.notegen.unlocked ? "lock" : "ask";
    void load().then((unlocker) => unlocker[act]());
  });
}

function showUnlocked(): void {
  document.querySelector(".lock-switch")?.setAttribute("aria-pressed", "true");
  window.notegen.unlocked?.showFiles();
  // A browser scrolls to the anchor of an address in the page that it loaded itself.
  const anchor = decodeURIComponent(location.hash.slice(1).replace(/\?.*/, ""));
  if (anchor) document.getElementById(anchor)?.scrollIntoView();
}

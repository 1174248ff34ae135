// Over HTTP, the page behind a link begins to load while the pointer still rests on it.

import { isHere } from "../lib/site-urls.ts";

const REST = 80; // milliseconds: a pointer that only passes asks for nothing

/**
 * Listens to the page; never at file://, where there is nothing to wait for, nor for who saves data.
 *
 * @param home the address of the site's root: no other host is asked for anything
 */
export function startPrefetch(home: string): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!home.startsWith("http") || connection?.saveData) return;
  const asked = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("pointerover", ({ target }) => {
    clearTimeout(timer);
    const link = (target as Element).closest?.<HTMLAnchorElement>("a[href]");
    const [page = ""] = (link?.href.toString() ?? "").split("#");
    if (!page.startsWith(home) || !page.endsWith(".html") || asked.has(page)) return;
    if (isHere(page, home)) return;
    timer = setTimeout(() => {
      asked.add(page);
      const hint = document.createElement("link");
      hint.rel = "prefetch";
      hint.href = page;
      document.head.append(hint);
    }, REST);
  });
}

// Where a reader was in a long note, offered when the note is opened again.

import { element } from "../lib/dom.ts";
import { keepPlace, placeHere } from "../lib/opened.ts";
import { translate } from "../messages/notegen.ts";

/** How many windows high a page is from which its note is long. */
const LONG = 8;

/** Keeps the section that is being read when the page is left, and offers the one of the last time. */
export function startContinuing(home: string): void {
  const contents = document.querySelector(".toc");
  const page = document.documentElement;
  if (!contents) return;
  const kept = placeHere(home);
  addEventListener("pagehide", () => {
    const isWithin = scrollY > innerHeight && scrollY + 2 * innerHeight < page.scrollHeight;
    const isLong = page.scrollHeight > LONG * innerHeight;
    const current = contents.querySelector<HTMLAnchorElement>("[aria-current]");
    keepPlace(home, isLong && isWithin ? current?.hash.slice(1) : undefined);
  });
  if (!kept || location.hash) return;
  const link = Array.from(contents.querySelectorAll("a")).find(({ hash }) => hash === `#${kept}`);
  // Not before a browser has gone where a page was that is loaded anew.
  if (link) addEventListener("load", () => setTimeout(() => scrollY === 0 && offer(link)));
}

/** At the foot of the window, so that no text moves, until it is followed or the reader goes on by themselves. */
function offer(link: HTMLAnchorElement): void {
  const way = element("a", "", translate("go_on", { heading: link.textContent?.trim() ?? "" }));
  way.href = link.hash;
  const notice = element("p", "continue needs-script");
  notice.append(way);
  document.querySelector("main")?.prepend(notice);
  const done = new AbortController();
  const close = () => {
    done.abort();
    notice.remove();
  };
  const { signal } = done;
  way.addEventListener("click", () => setTimeout(close), { signal });
  addEventListener("scroll", () => scrollY > innerHeight / 2 && close(), { signal, passive: true });
  addEventListener("keydown", ({ key }) => key === "Escape" && close(), { signal });
}

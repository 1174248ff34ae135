// Knows when a reader asks for what enhancements.ts does, and loads it then: a pointer that rests on a link, a key, a click.

import type { Enhancements } from "../enhancements.ts";
import { isSingleKey } from "../lib/single-keys.ts";
import { foldersStayOpen } from "./folders.ts";

/** Milliseconds that a pointer rests on a link, or the focus on it, before the link shows its goal. */
const REST = 350;
const FOCUS_REST = 700;

/** Listens to the page; `load` brings the enhancements, and `folders` says whether there are any. */
export function startCalls(home: string, folders: boolean, load: () => Promise<Enhancements>): void {
  // What does not load, on a train in a tunnel say, is asked for again by the next call.
  const call = (act: (enhancements: Enhancements) => unknown) => void load().then(act, () => undefined);
  startPeeking(home, call);
  const acts: Record<string, (enhancements: Enhancements) => unknown> = {
    "?": (enhancements) => enhancements.showKeys(),
    r: (enhancements) => enhancements.random(),
    p: (enhancements) => peekAloud(home, enhancements),
    ...(folders ? { b: (enhancements) => enhancements.browse() } : {}),
  };
  if (folders && foldersStayOpen()) call((enhancements) => enhancements.browseAgain());
  document.addEventListener("keydown", (event) => {
    const act = isSingleKey(event) ? acts[event.key] : undefined;
    if (act) call(act);
  });
  document.addEventListener("click", ({ target }) => {
    const act = acts[(target as Element).closest<HTMLElement>("[data-call]")?.dataset.call ?? ""];
    if (act) call(act);
    else if (isEnlargeable(target)) call((enhancements) => enhancements.enlarge(target));
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !isEnlargeable(event.target)) return;
    event.preventDefault();
    event.target.click();
  });
}

/** A link shows its goal to a pointer that rests on it and to the focus; a footnote to a finger too. */
function startPeeking(home: string, call: (act: (enhancements: Enhancements) => unknown) => void): void {
  let wish = new AbortController();
  const ask = (link: Element, rest: number, aloud = false) => {
    wish.abort();
    wish = new AbortController();
    const { signal } = wish;
    setTimeout(() => signal.aborted || call((enhancements) => enhancements.peek(link, signal, aloud)), rest);
  };
  const leave = () => wish.abort();
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    const link = pointerType === "mouse" ? linkAt(target, home) : undefined;
    if (link && !link.hasAttribute("data-peeked")) ask(link, REST);
  });
  document.addEventListener("pointerout", leave);
  document.addEventListener("pointerdown", leave);
  document.addEventListener("focusin", ({ target }) => {
    const link = linkAt(target, home);
    if (link?.matches(":focus-visible") && matchMedia("(hover: hover)").matches) ask(link, FOCUS_REST);
  });
  document.addEventListener("focusout", leave);
  document.addEventListener("click", (event) => {
    const link = linkAt(event.target, home);
    if (!link?.matches(FOOTNOTE) || matchMedia("(hover: hover)").matches) return;
    // The first tap shows the footnote, the second goes to it.
    if (link.hasAttribute("data-peeked")) return;
    event.preventDefault();
    ask(link, 0, true);
  });
}

function peekAloud(home: string, enhancements: Enhancements): unknown {
  const link = linkAt(document.activeElement, home);
  return link && enhancements.peek(link, new AbortController().signal, true);
}

const FOOTNOTE = ".footnote-ref > a";

/** The link there that has something to show: a footnote, or another page of the site from within the text or a list. */
function linkAt(target: EventTarget | null, home: string): Element | undefined {
  const link = (target as Element | null)?.closest?.("main a[href]");
  if (!link || link.matches(FOOTNOTE)) return link ?? undefined;
  const [goal = ""] = new URL(link.getAttribute("href") ?? "", document.baseURI).href.split("#");
  return goal.startsWith(home) && goal !== location.href.split("#")[0] ? link : undefined;
}

function isEnlargeable(target: EventTarget | null): target is HTMLImageElement {
  return target instanceof HTMLImageElement && target.matches(".enlargeable");
}

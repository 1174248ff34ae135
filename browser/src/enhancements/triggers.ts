// Knows when a reader asks for what enhancements.ts does, and loads it then: a pointer that rests on a link, a key, a click.

import { letterOf } from "../lib/letter-key.ts";
import type { Enhancements } from "../lib/namespace.ts";
import { isSingleKey } from "../lib/single-keys.ts";
import { isHere } from "../lib/site-urls.ts";
import { foldersStayOpen } from "./folders.ts";

/** Milliseconds that a pointer rests on a link, or the focus on it, before the link shows its goal. */
const POINTER_REST = 350;
const FOCUS_REST = 700;

/** What a trigger asks of the enhancements. */
type Act = (enhancements: Enhancements) => unknown;

/**
 * Listens to the page.
 *
 * @param folders whether there are any
 * @param load brings the enhancements
 * @param onLost is told when they, or what they need, did not load: the next trigger asks for it again
 */
export function startTriggers(
  home: string,
  folders: boolean,
  load: () => Promise<Enhancements>,
  onLost: () => void,
): void {
  const run = (act: Act) => void load().then(act).catch(onLost);
  startPreviews(home, run);
  const actions: [key: string, name: string, act: Act][] = [
    ["?", "shortcuts", (enhancements) => enhancements.showShortcuts()],
    ["r", "random", (enhancements) => enhancements.openRandom()],
    ["p", "preview", (enhancements) => previewFocused(home, enhancements)],
  ];
  // Where the site can be read offline; it has no key.
  actions.push(["", "offline", (enhancements) => enhancements.showOffline()]);
  // In a garden without folders a narrow window has its links there, and no key.
  actions.push([folders ? "b" : "", "folders", (enhancements) => enhancements.toggleFolders()]);
  if (folders && foldersStayOpen()) run((enhancements) => enhancements.reopenFolders());
  document.addEventListener("keydown", (event) => {
    const action = isSingleKey(event) && actions.find(([key]) => key === letterOf(event));
    if (action) run(action[2]);
  });
  document.addEventListener("click", ({ target }) => {
    const asked = (target as Element).closest<HTMLElement>("[data-action]")?.dataset.action;
    const action = actions.find(([, name]) => name === asked);
    if (action) run(action[2]);
    else if (isEnlargeable(target)) run((enhancements) => enhancements.openLightbox(target));
  });
  startDrawings(run);
  document.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !isEnlargeable(event.target)) return;
    event.preventDefault();
    event.target.click();
  });
}

/** A link to a drawing shows it as a picture: opened by itself it is a document, which may hold scripts. */
function startDrawings(run: (act: Act) => void): void {
  const show = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a.file[download$=".svg" i]');
    if (!link || event.button > 1) return;
    event.preventDefault();
    const picture = new Image();
    picture.src = link.href;
    picture.alt = link.textContent ?? "";
    run((enhancements) => enhancements.openLightbox(picture));
  };
  document.addEventListener("click", show);
  document.addEventListener("auxclick", show);
}

/** A link shows its goal to a pointer that rests on it and to the focus; a footnote to a finger too. */
function startPreviews(home: string, run: (act: Act) => void): void {
  let asked = new AbortController();
  const ask = (link: Element, rest: number, announced = false) => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    setTimeout(
      () => signal.aborted || run((enhancements) => enhancements.preview(link, signal, announced)),
      rest,
    );
  };
  const leave = () => asked.abort();
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    const link = pointerType === "mouse" ? linkAt(target, home) : undefined;
    if (link && !link.hasAttribute("data-peeked")) ask(link, POINTER_REST);
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

function previewFocused(home: string, enhancements: Enhancements): unknown {
  const link = linkAt(document.activeElement, home);
  return link && enhancements.preview(link, new AbortController().signal, true);
}

const FOOTNOTE = ".footnote-ref > a";

/** The link there that has something to show: a footnote that is not in sight beside it, or another page of the site from within the text or a list. */
function linkAt(target: EventTarget | null, home: string): Element | undefined {
  const link = (target as Element | null)?.closest?.("main a[href]");
  if (!link) return undefined;
  if (link.matches(FOOTNOTE)) return link.closest(".has-sidenotes") ? undefined : link;
  const goal = new URL(link.getAttribute("href") ?? "", document.baseURI).href;
  return goal.startsWith(home) && !isHere(goal, home) ? link : undefined;
}

function isEnlargeable(target: EventTarget | null): target is HTMLImageElement {
  return target instanceof HTMLImageElement && target.matches(".zoomable");
}

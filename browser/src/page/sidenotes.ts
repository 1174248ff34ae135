// Footnotes beside the lines that have their marks, where the window has room there; else they stay below the text.

/** As in templates/note.css: from here on there is something beside the text. */
const WIDE = "(min-width: 72rem)";
/** Between the text and what stands beside it, in root ems, as in templates/prose.css. */
const GAP = 2.5;
const NARROWEST = 9;
const WIDEST = 15;
/** Between two of them, in pixels. */
const SPACE = 12;

/** Follows the shape of the page: pictures that come, folds that open, a panel beside the text, another width. */
export function startSidenotes(): void {
  const prose = document.querySelector<HTMLElement>(".note-page .prose");
  const list = prose?.querySelector<HTMLElement>(":scope > .footnotes");
  if (!prose || !list) return;
  const notes = [...list.querySelectorAll<HTMLElement>(":scope > ol > li")];
  const marks = notes.map((note) => markOf(prose, list, note));
  const wide = matchMedia(WIDE);
  // Nothing moves that a reader may have seen.
  let isSeen = list.getBoundingClientRect().top < innerHeight;
  const place = () => {
    // Read first, then write; and only then look again at what that has changed.
    const side = wide.matches && !isSeen ? sideOf(prose) : undefined;
    if (!side) return clear();
    if (!prose.classList.contains("has-sidenotes")) appearAnew(list);
    prose.classList.add("has-sidenotes");
    prose.classList.toggle("sidenotes-before", side.before);
    for (const note of notes) note.style.inlineSize = `${side.width}px`;
    const tops = stacked(prose, marks, notes);
    if (tops) for (const [at, note] of notes.entries()) note.style.insetBlockStart = `${tops[at]}px`;
    else clear();
  };
  const clear = () => {
    prose.classList.remove("has-sidenotes");
    for (const note of notes) note.style.inlineSize = note.style.insetBlockStart = "";
  };
  const watcher = new ResizeObserver(place);
  watcher.observe(prose);
  const page = prose.closest(".note-page");
  if (page) new MutationObserver(place).observe(page, { childList: true });
  wide.addEventListener("change", () => {
    isSeen = false;
    place();
  });
  place();
}

/** What was laid out below and is taken away and shown elsewhere has come, and not moved: browsers count the difference. */
function appearAnew(list: HTMLElement): void {
  list.hidden = true;
  void list.offsetHeight;
  list.hidden = false;
}

/** The first mark of a footnote in the text itself. */
function markOf(prose: HTMLElement, list: HTMLElement, note: HTMLElement): Element | undefined {
  const marks = prose.querySelectorAll(`.footnote-ref > a[href="#${CSS.escape(note.id)}"]`);
  return [...marks].find((mark) => !list.contains(mark));
}

/** The side that is free, the one after the lines first, and how many pixels there are; none where there are too few. */
function sideOf(prose: HTMLElement): { before: boolean; width: number } | undefined {
  const main = prose.closest("main");
  if (!main) return undefined;
  const em = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const { paddingLeft, paddingRight } = getComputedStyle(main);
  const room = main.getBoundingClientRect();
  const text = prose.getBoundingClientRect();
  const left = text.left - room.left - Number.parseFloat(paddingLeft);
  const right = room.right - text.right - Number.parseFloat(paddingRight);
  // The contents stand after the text and the folders before it, as the page runs, which the text may not.
  const pageRunsLeft = getComputedStyle(main).direction === "rtl";
  const textRunsLeft = getComputedStyle(prose).direction === "rtl";
  const contents = !!document.querySelector(".note-page .toc");
  const folders = !!document.querySelector(".note-page > .explorer-docked");
  const freeRight = pageRunsLeft ? !folders : !contents;
  const freeLeft = pageRunsLeft ? !contents : !folders;
  for (const before of [false, true]) {
    const isLeft = before !== textRunsLeft;
    const width = Math.min(WIDEST * em, (isLeft ? left : right) - GAP * em);
    if ((isLeft ? freeLeft : freeRight) && width >= NARROWEST * em) return { before, width };
  }
  return undefined;
}

/** How far below the text's beginning each footnote stands; undefined where one has no mark, or they need more room than the text has. */
function stacked(
  prose: HTMLElement,
  marks: readonly (Element | undefined)[],
  notes: readonly HTMLElement[],
): number[] | undefined {
  const top = prose.getBoundingClientRect().top;
  const tops: number[] = [];
  let free = 0;
  for (const [at, note] of notes.entries()) {
    const mark = marks[at];
    if (!mark) return undefined;
    tops.push(Math.max(free, shownTop(mark) - top));
    free = (tops[at] ?? 0) + note.offsetHeight + SPACE;
  }
  return free - SPACE <= prose.offsetHeight ? tops : undefined;
}

/** Where a mark's line begins; in a closed fold, where the fold does. */
function shownTop(mark: Element): number {
  const fold = mark.closest("details:not([open])");
  const shown = fold && !mark.closest("summary") ? fold : (mark.closest("sup") ?? mark);
  return shown.getBoundingClientRect().top;
}

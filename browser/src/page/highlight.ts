// Marks the passage that a hit of the search box leads to, on the page where it stands.

import { readFragment, type TextFragment } from "../lib/text-fragment.ts";
import { findPassage, findWords, type Letters, lettersOf, type Run } from "./quote-match.ts";

const PASSAGE = "ns-passage";
const WORDS = "ns-words";

/** Marks what the address carries, now and whenever a link within the page brings another passage. */
export function startHighlights(): void {
  showCarried("instant");
  addEventListener("hashchange", () => showCarried("auto"));
  document.addEventListener("pointerdown", clear);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
}

/** Takes the passage out of the address, which may be shared, goes to the heading, and marks. */
function showCarried(behavior: ScrollBehavior): void {
  const carried = readFragment(location.hash);
  if (!carried) return;
  const { anchor, fragment } = carried;
  // Only a navigation makes the heading the target, and the place from which Tab goes on.
  if (anchor) location.replace(`#${anchor}`);
  else history.replaceState(history.state, "", location.pathname + location.search);
  clear();
  const range = mark(fragment, headingOf(anchor));
  if (!range) return;
  reveal(range, behavior);
  if (document.readyState !== "complete") revealAgain(range);
}

/** When all has loaded, since the browser then goes to the heading once more; unless the reader has gone elsewhere. */
function revealAgain(range: Range): void {
  const moved = new AbortController();
  for (const move of ["wheel", "touchmove", "pointerdown", "keydown"])
    addEventListener(move, () => moved.abort(), { once: true, passive: true });
  addEventListener("load", () => requestAnimationFrame(() => reveal(range, "instant")), {
    signal: moved.signal,
  });
}

function headingOf(anchor: string): Element | null {
  try {
    return document.getElementById(decodeURIComponent(anchor));
  } catch {
    return null; // Somebody's own address, with a bare `%`.
  }
}

/** Marks the passage after the heading; gives what to show first: its first word, or the passage. */
function mark(fragment: TextFragment, heading: Element | null): Range | undefined {
  const body = document.querySelector(".prose");
  if (!body) return undefined;
  const letters = lettersOf(textsOf(body));
  const span = findPassage(letters.text, fragment, heading ? placeOf(heading, letters) : 0);
  if (!span) return undefined;
  const passage = new Range();
  passage.setStart(...pointAt(letters, span.start));
  const [node, offset] = pointAt(letters, span.end - 1);
  passage.setEnd(node, offset + 1);
  const words = findWords(letters.runs, span, fragment.words).map(({ run, from, to }) => {
    const word = new Range();
    word.setStart(run.place, run.offset + from);
    word.setEnd(run.place, run.offset + to);
    return word;
  });
  // A browser without highlights (Firefox before 140) selects the passage, which every browser shows.
  if (!CSS.highlights)
    getSelection()?.setBaseAndExtent(passage.startContainer, passage.startOffset, node, offset + 1);
  else {
    const over = new Highlight(...words);
    over.priority = 1;
    CSS.highlights.set(PASSAGE, new Highlight(passage));
    CSS.highlights.set(WORDS, over);
  }
  return words[0] ?? passage;
}

function clear(): void {
  CSS.highlights?.delete(PASSAGE);
  CSS.highlights?.delete(WORDS);
}

/** The texts that a reader sees; a formula's source, kept beside it, is not one. */
function* textsOf(body: Element): Generator<[Text, string]> {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest("script, style, annotation")) yield [node as Text, (node as Text).data];
  }
}

/** How many letters come before the end of the heading. */
function placeOf(heading: Element, { text, runs }: Letters<Text>): number {
  const after = (run: Run<Text>) =>
    heading.compareDocumentPosition(run.place) & Node.DOCUMENT_POSITION_FOLLOWING &&
    !heading.contains(run.place);
  return runs.find(after)?.at ?? text.length;
}

/** Where in the page the letter with this number stands. */
function pointAt({ runs }: Letters<Text>, letter: number): [Text, number] {
  const next = runs.findIndex((run) => run.at > letter);
  const run = runs[(next < 0 ? runs.length : next) - 1] as Run<Text>;
  return [run.place, run.offset + letter - run.at];
}

/** Opens what is folded around it, and scrolls unless the way to its heading has brought it into the upper half. */
function reveal(range: Range, behavior: ScrollBehavior): void {
  for (let at = range.startContainer.parentElement; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
  const { top } = range.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) scrollBy({ top: top - innerHeight / 3, behavior });
}

// Small conveniences of every page; each page is whole without them.

import { choose, chosen, keyOf } from "../lib/choices.ts";
import { singleKeysWork } from "../lib/single-keys.ts";
import { runsLeft } from "../messages/i18n.ts";
import { startContents } from "./contents.ts";
import { startCopying } from "./copying.ts";
import { startHeader } from "./header.ts";
import { startHeadings } from "./headings.ts";
import { startPictures } from "./pictures.ts";
import { startSidenotes } from "./sidenotes.ts";
import { startTables } from "./tables.ts";

/** Gives a page its theme switch and its arrow keys, and its text what can be done with it. */
export function startPage(): void {
  document.documentElement.classList.add("scripted"); // where templates/early.js could not run
  startThemeSwitch();
  startHeader();
  startCopying();
  startHeadings();
  startContents();
  startPictures();
  startSidenotes();
  startTables();
  document.addEventListener("keydown", stepOnArrow);
}

type Theme = "light" | "dark";

/** The switch turns between light and dark, as templates/early.js does before the first paint; a choice that equals the system's is forgotten, and follows it again. */
function startThemeSwitch(): void {
  const button = document.querySelector("[data-theme-switch]");
  if (!button) return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const systemTheme = (): Theme => (system.matches ? "dark" : "light");
  const current = (): string => document.documentElement.dataset.theme ?? systemTheme();
  const show = () => button.setAttribute("aria-pressed", String(current() === "dark"));

  button.addEventListener("click", () => {
    const wanted: Theme = current() === "dark" ? "light" : "dark";
    const own = wanted === systemTheme() ? undefined : wanted;
    turn(own);
    choose("theme", own);
  });
  const turn = (own: string | undefined) => {
    if (own) document.documentElement.dataset.theme = own;
    else delete document.documentElement.dataset.theme;
    show();
  };
  // A page in another tab, or one that comes back from the browser's memory, turns with this one.
  addEventListener("storage", ({ key }) => key === keyOf("theme") && turn(chosen("theme")));
  addEventListener("pageshow", ({ persisted }) => persisted && turn(chosen("theme")));
  system.addEventListener("change", show);
  turn(chosen("theme"));
}

/** The arrows, in the direction of reading, open the neighbours by date, unless the key is wanted by what has the focus. */
function stepOnArrow(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  if (document.querySelector("dialog[open]") || wantsArrows(event.target) || !singleKeysWork()) return;
  // With Shift arrows change what is selected, and without it somebody may want to see its end.
  if (getSelection()?.type === "Range") return;
  const back = runsLeft() ? "ArrowRight" : "ArrowLeft";
  const step = event.key === back ? "prev" : "next";
  document.querySelector<HTMLAnchorElement>(`a[rel="${step}"]`)?.click();
}

const FIELDS = "input, textarea, select, audio, video, object, iframe";

/** Whether arrows move inside the element: fields, players, and boxes that scroll sideways. */
function wantsArrows(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches(FIELDS)) return true;
  for (let box: HTMLElement | null = target; box && box !== document.body; box = box.parentElement) {
    if (box.scrollWidth > box.clientWidth && /auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
  }
  return false;
}

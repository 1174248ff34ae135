// The script of every page. It is small, since every reader pays for it; search is a script of its own.

import type { Finder } from "./finder.ts";
import { insertScript } from "./insert.ts";
import { startBox } from "./opening.ts";
import { startPage } from "./page.ts";
import { startMarks } from "./passage.ts";
import type { Options, Result } from "./search.ts";

declare global {
  interface Window {
    /** What a page offers to other scripts; `search` only where the site has a search index. */
    notegen?: { search?: (text: string, options?: Options) => Promise<Result> };
  }
}

// Only while the script runs is it known which element it is.
const {
  root = "",
  search = "",
  finder = "",
} = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

window.notegen = {};
startPage();
startMarks();
if (search) startSearch(new URL(root || ".", document.baseURI).href);

/** @param home the address of the site's root */
function startSearch(home: string): void {
  let loading: Promise<Finder> | undefined;
  const find = (): Promise<Finder> => {
    loading ??= loadFinder(home);
    // A failure may pass (a train in a tunnel): the next search tries again.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  window.notegen = { search: async (text, options) => (await find()).search(text, options) };
  startBox(async (shell) => (await find()).open(shell));
}

async function loadFinder(home: string): Promise<Finder> {
  await insertScript(new URL(finder, home).href);
  if (!window.notegenFinder) throw new Error("the search script is not the one of this page");
  return window.notegenFinder(new URL(search, home).href, home);
}

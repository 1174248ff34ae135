// The script of every page. It is small, since every reader pays for it; search is a script of its own.

import { startTriggers } from "./enhancements/triggers.ts";
import type { Enhancements } from "./enhancements.ts";
import { loadScript } from "./lib/load-script.ts";
import { startHighlights } from "./page/highlight.ts";
import { startPage } from "./page/page.ts";
import { startPrefetch } from "./page/prefetch.ts";
import { startScrollers } from "./page/scrollers.ts";
import { startSearchShell } from "./search/dialog/search-shell.ts";
import type { Options, Result } from "./search/engine/engine.ts";
import type { Finder } from "./search.ts";

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
  enhancements = "",
  previews = "",
  folders = "",
} = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

window.notegen = {};
startPage();
startHighlights();
startScrollers();
/** The address of the site's root. */
const home = new URL(root || ".", document.baseURI).href;
if (search) startSearch();
startPrefetch(home);
if (enhancements) startTriggers(home, folders !== "", once(loadEnhancements));

function startSearch(): void {
  const find = once(loadFinder);
  window.notegen = { search: async (text, options) => (await find()).search(text, options) };
  startSearchShell(async (shell) => (await find()).open(shell));
}

/** Loads when first asked; a failure may pass (a train in a tunnel), and the next asking tries again. */
function once<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined;
  return () => {
    loading ??= load();
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
}

async function loadFinder(): Promise<Finder> {
  await loadScript(new URL(finder, home).href);
  if (!window.notegenFinder) throw new Error("the search script is not the one of this page");
  return window.notegenFinder(new URL(search, home).href, home);
}

async function loadEnhancements(): Promise<Enhancements> {
  await loadScript(new URL(enhancements, home).href);
  if (!window.notegenEnhancements) throw new Error("the enhancements script is not the one of this page");
  return window.notegenEnhancements(home, previews, folders);
}

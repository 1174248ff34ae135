// The script of every page. It is small, since every reader pays for it; search is a script of its own.

import { startTriggers } from "./enhancements/triggers.ts";
import { loadAdded } from "./lib/load-script.ts";
import { type MakeEnhancements, type MakeSearch, makeNamespace } from "./lib/namespace.ts";
import { startHighlights } from "./page/highlight.ts";
import { startPage } from "./page/page.ts";
import { startPrefetch } from "./page/prefetch.ts";
import { startScrollers } from "./page/scrollers.ts";
import { startSearchShell } from "./search/dialog/search-shell.ts";

// Only while the script runs is it known which element it is.
const {
  root = "",
  search = "",
  finder = "",
  enhancements = "",
  previews = "",
  folders = "",
} = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

const notegen = makeNamespace();
startPage();
startHighlights();
startScrollers();
/** The address of the site's root. */
const home = new URL(root || ".", document.baseURI).href;
if (search) startSearch();
startPrefetch(home);
if (enhancements) startTriggers(home, folders !== "", once(loadEnhancements));

function startSearch(): void {
  const find = once(loadSearch);
  notegen.search = async (text, options) => (await find()).search(text, options);
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

async function loadSearch() {
  const make = await loadAdded<MakeSearch>(new URL(finder, home).href, "search");
  return make(new URL(search, home).href, home);
}

async function loadEnhancements() {
  const make = await loadAdded<MakeEnhancements>(new URL(enhancements, home).href, "enhancements");
  return make(home, previews, folders);
}

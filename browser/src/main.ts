// The script of every page. It is small, since every reader pays for it; search is a script of its own.

import { startTriggers } from "./enhancements/triggers.ts";
import { startCarrying } from "./lib/choices.ts";
import { loadAdded } from "./lib/load-script.ts";
import { type MakeEnhancements, type MakeSearch, type MakeUnlocker, makeNamespace } from "./lib/namespace.ts";
import { keepOpened } from "./lib/opened.ts";
import { answers, sayChanged, sayGone, showGone } from "./page/changed.ts";
import { startContinuing } from "./page/continue.ts";
import { startHighlights } from "./page/highlight.ts";
import { type PageData, startUnlocked } from "./page/locked.ts";
import { startOffline } from "./page/offline.ts";
import { startPage } from "./page/page.ts";
import { startPrefetch } from "./page/prefetch.ts";
import { startScrollers } from "./page/scrollers.ts";
import { startSearchShell } from "./search/dialog/search-shell.ts";

// Only while the script runs is it known which element it is.
const data: PageData = { ...(document.currentScript as HTMLScriptElement | null)?.dataset };

const notegen = makeNamespace();
/** The address of the site's root. */
const home = new URL(data.root || ".", document.baseURI).href;
if (data.unlock) startUnlocked(data, once(loadUnlocker), start);
else start(data);

function start(data: PageData): void {
  startPage();
  startCarrying(home);
  startHighlights();
  startScrollers();
  if (data.search) startSearch(data);
  startPrefetch(home);
  startOffline(home, data.offline);
  if (data.enhancements)
    startTriggers(
      home,
      !!data.folders,
      once(() => loadEnhancements(data)),
      onLost,
    );
}

function startSearch(data: PageData): void {
  const find = once(() => loadSearch(data));
  // What is encrypted leaves no trace in the browser.
  if (!notegen.unlocked) {
    keepOpened(home);
    startContinuing(home);
  }
  notegen.search = async (text, options) => (await find()).search(text, options);
  startSearchShell(async (shell) => (await find()).open(shell), {
    is: hasChanged,
    show: sayChanged,
    showGone: sayGone,
  });
}

/** Whether something that did not load is gone because the site was published anew; else the host cannot be reached. */
async function hasChanged(): Promise<boolean> {
  const { search, pieces } = data;
  const known = search || pieces;
  return !!known && answers(new URL(known, home).href, search ? "search-pointer" : "pieces");
}

async function onLost(): Promise<void> {
  if (await hasChanged()) showGone();
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

async function loadSearch({ finder = "", search = "" }: PageData) {
  const make = await loadAdded<MakeSearch>(new URL(finder, home).href, "search");
  return make(new URL(search, home).href, home);
}

async function loadEnhancements({ enhancements = "", pieces = "", folders }: PageData) {
  const make = await loadAdded<MakeEnhancements>(new URL(enhancements, home).href, "enhancements");
  return make(home, { pieces, folders: !!folders }, onLost);
}

async function loadUnlocker() {
  const make = await loadAdded<MakeUnlocker>(new URL(data.unlock ?? "", home).href, "unlock");
  return make(home, data.locked ?? "");
}

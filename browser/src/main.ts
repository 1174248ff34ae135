// The one script of every page.

import { startBox } from "./box.ts";
import { startPage } from "./page.ts";
import { type Options, type Result, Search } from "./search.ts";

declare global {
  interface Window {
    /** What a page offers to other scripts; `search` only where the site has a search index. */
    notegen?: { search?: (text: string, options?: Options) => Promise<Result> };
  }
}

// Only while the script runs is it known which element it is.
const { root = "", search = "" } = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

window.notegen = {};
startPage();
if (search) {
  const home = new URL(root || ".", document.baseURI).href;
  const engine = new Search(new URL(search, home).href);
  window.notegen.search = (text, options) => engine.search(text, options);
  startBox(engine, home);
}

// The script that searches: the engine and the box, loaded when a page first needs one of them.

import { Box } from "./search/dialog/search-dialog.ts";
import type { Shell } from "./search/dialog/search-shell.ts";
import { type Options, type Result, SearchEngine } from "./search/engine/engine.ts";

/** What the page's script asks of this one. */
export interface Finder {
  search(text: string, options?: Options): Promise<Result>;
  /** Makes the box search, or search again. */
  open(shell: Shell): void;
}

declare global {
  interface Window {
    /** Takes the addresses of the search manifest and of the site's root. */
    notegenFinder?: (manifest: string, home: string) => Finder;
  }
}

window.notegenFinder = (manifest, home) => {
  const engine = new SearchEngine(manifest);
  let box: Box | undefined;
  return {
    search: (text, options) => engine.search(text, options),
    open: (shell) => {
      box ??= new Box(shell, engine, home);
      box.open();
    },
  };
};

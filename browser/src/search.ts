// The script that searches: the engine and the dialog, loaded when a page first needs one of them.

import { SearchDialog } from "./search/dialog/search-dialog.ts";
import type { SearchShell } from "./search/dialog/search-shell.ts";
import { type Options, type Result, SearchEngine } from "./search/engine/engine.ts";

/** What the page's script asks of this one. */
export interface Finder {
  search(text: string, options?: Options): Promise<Result>;
  /** Makes the dialog search, or search again. */
  open(shell: SearchShell): void;
}

declare global {
  interface Window {
    /** Takes the addresses of the search manifest and of the site's root. */
    notegenFinder?: (manifest: string, home: string) => Finder;
  }
}

window.notegenFinder = (manifest, home) => {
  const engine = new SearchEngine(manifest);
  let dialog: SearchDialog | undefined;
  return {
    search: (text, options) => engine.search(text, options),
    open: (shell) => {
      dialog ??= new SearchDialog(shell, engine, home);
      dialog.open();
    },
  };
};

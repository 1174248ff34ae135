// The script that searches: the engine and the dialog, loaded when a page first needs one of them.

import type { MakeSearch } from "./lib/namespace.ts";
import { SearchDialog } from "./search/dialog/search-dialog.ts";
import { optionsOf, textOf } from "./search/engine/arguments.ts";
import { SearchEngine } from "./search/engine/engine.ts";

const makeSearch: MakeSearch = (pointer, home) => {
  const engine = new SearchEngine(pointer);
  let dialog: SearchDialog | undefined;
  return {
    search: (text, options) => engine.search(textOf(text), optionsOf(options)),
    open: (shell) => {
      dialog ??= new SearchDialog(shell, engine, home);
      dialog.open();
    },
  };
};

window.notegen.add("search", makeSearch);

// The field over the folders: what is typed there is looked for in the names of all notes and folders.

import { element } from "../lib/dom.ts";
import type { Pieces } from "../lib/pieces.ts";
import { translate } from "../messages/enhancements.ts";
import { sortKey } from "./sort-key.ts";

/** What `notegen/render/parts/explorer.py` lists: a folder, what its notes' addresses begin with, and these. */
type WholeList = [folder: string, path: string, notes: [title: string, segment: string][]][];

interface Entry {
  title: string;
  url: string;
  folder: string;
  /** What is looked for: title and folder as they are compared. */
  name: string;
}

const WHOLE_LIST = "all";
const MAX_FOUND = 100;

/** The field with what it finds, beside the list that it stands in for. */
export class FolderFilter {
  readonly field = element("input", "folder-filter");
  /** The notes found; in place of the folders as long as something is typed. */
  readonly found = element("div", "folder-found");
  private entries: Promise<Entry[]> | undefined;

  /**
   * @param list the folders
   * @param row makes the row of a note from its title, its URL and its folder
   * @param onLost is told when the names did not load
   */
  constructor(
    private readonly pieces: Pieces,
    private readonly list: HTMLElement,
    private readonly row: (title: string, url: string, folder: string) => HTMLElement,
    private readonly onLost: () => void,
  ) {
    this.field.type = "search";
    this.field.placeholder = translate("filter");
    this.field.setAttribute("aria-label", translate("filter_label"));
    this.field.autocomplete = "off";
    this.found.setAttribute("aria-live", "polite");
    this.found.hidden = true;
    this.field.addEventListener("input", () => void this.find());
    this.field.addEventListener("keydown", (event) => {
      // Escape empties the field before it closes a drawer.
      if (event.key !== "Escape" || !this.field.value) return;
      event.preventDefault();
      event.stopPropagation();
      this.field.value = "";
      void this.find();
    });
  }

  private async find(): Promise<void> {
    const typed = this.field.value;
    const words = sortKey(typed).split(/\s+/).filter(Boolean);
    if (words.length > 0) {
      this.entries ??= this.load();
      const entries = await this.entries.catch(() => undefined);
      if (!entries) {
        this.entries = undefined;
        this.onLost();
      }
      if (typed !== this.field.value) return; // what was typed meanwhile has its own answer
      this.show((entries ?? []).filter(({ name }) => words.every((word) => name.includes(word))));
    }
    this.list.hidden = words.length > 0;
    this.found.hidden = words.length === 0;
  }

  private show(entries: readonly Entry[]): void {
    const list = element("ul");
    for (const { title, url, folder } of entries.slice(0, MAX_FOUND))
      list.append(this.row(title, url, folder));
    const count = element("p", "muted", translate("filtered", { count: entries.length }));
    this.found.replaceChildren(count, list);
  }

  private async load(): Promise<Entry[]> {
    const folders = await this.pieces.ask("folders", ({ shards }) => shards.load<WholeList>(WHOLE_LIST));
    return (folders ?? []).flatMap(([folder, path, notes]) =>
      notes.map(([title, segment]) => ({
        title,
        url: segment.startsWith("/") ? segment.slice(1) : path ? `${path}/${segment}` : segment,
        folder,
        name: sortKey(`${folder}/${title}`),
      })),
    );
  }
}

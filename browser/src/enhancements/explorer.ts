// The folders of the site as a list that opens piece by piece; notegen/render/parts/explorer.py writes the pieces.
//
// Lists with buttons that disclose, not the tree of the ARIA guide: every screen reader knows how to go through them, and
// Tab, Enter and find-in-page work as on any page. Arrow keys are there for who tries them.

import { rangeOf } from "../lib/binary-search.ts";
import { button, element } from "../lib/dom.ts";
import type { Pieces } from "../lib/pieces.ts";
import type { ShardSource } from "../lib/shards.ts";
import { addressIn, urlHere } from "../lib/site-urls.ts";
import { translate } from "../messages/enhancements.ts";
import { numberWords } from "../messages/i18n.ts";
import { FolderFilter } from "./folder-filter.ts";
import { keepFoldersOpen } from "./folders.ts";
import { sortKey } from "./sort-key.ts";

type Folder = [name: string, count: number, file: number, segment: string];
type NoteRow = [title: string, segment: string];
type Part = [first: string, last: string, file: number, key: string];
type Content = [folders: Folder[], notes: NoteRow[], parts: Part[]];

/** Where the column beside a note is wide enough; templates/note.css has the same width. */
const WIDE = "(min-width: 72rem)";

/** The explorer of one page. On a narrow screen its drawer has the links of the header too. */
export class Explorer {
  /** The URL of the open page; for a folder's own page what its notes' URLs begin with. */
  private readonly here: string;
  private panel: HTMLElement | undefined;
  /** Ends when the reader takes back, before they are there, that the folders shall open. */
  private opening: AbortController | undefined;
  /** Arrow keys that cannot act before a folder's list is there, in order, and the button of that folder. */
  private waiting: string[] = [];
  private awaited: Element | undefined;

  /** The list of all folders, and the pieces that it is made of. */
  private tree: { list: HTMLElement; shards: ShardSource } | undefined;

  /**
   * @param pieces has the folders; undefined in a garden without
   * @param onLost is told when something of them did not load
   */
  constructor(
    private readonly home: string,
    private readonly pieces: Pieces | undefined,
    private readonly onLost: () => void,
  ) {
    this.here = (urlHere(home) ?? "").replace(/^folders\/(.+?)(~\d+)?\.html$/, "$1/");
  }

  /** Opens what is closed, and the other way round: beside a note where there is room, else as a drawer. */
  async toggle(): Promise<void> {
    const beside = this.beside();
    if (this.panel?.isConnected) {
      keepFoldersOpen(false);
      this.close();
    } else if (this.opening) {
      keepFoldersOpen(false);
      this.opening.abort();
      this.opening = undefined;
    } else if (beside) {
      keepFoldersOpen(true);
      if (!(await this.openBeside(beside))) return;
      const current = this.panel?.querySelector<HTMLElement>("[aria-current]");
      (current ?? this.panel?.querySelector("button"))?.focus({ preventScroll: true });
    } else {
      await this.openDrawer();
    }
  }

  /** Opens it beside the note, if there is room, without taking the focus: the reader left it open on another page. */
  async reopen(): Promise<void> {
    const beside = this.beside();
    if (beside && !this.panel && !this.opening) await this.openBeside(beside);
  }

  /** The note beside which there is room. */
  private beside(): HTMLElement | null {
    const isWide = this.pieces && matchMedia(WIDE).matches;
    return isWide ? document.querySelector<HTMLElement>("main.note-page") : null;
  }

  private close(): void {
    this.panel?.remove();
    show(false);
    opener()?.focus();
  }

  /** Whether it is open now, which it is not if the reader has thought better of it. */
  private async openBeside(sheet: HTMLElement): Promise<boolean> {
    let panel: HTMLElement | undefined;
    const opening = new AbortController();
    this.opening = opening;
    try {
      panel = await this.build("nav", opening);
    } finally {
      if (this.opening === opening) this.opening = undefined;
    }
    if (!panel) return false;
    panel.className = "explorer explorer-docked";
    sheet.prepend(panel);
    show(true);
    bringIntoSight(panel);
    return true;
  }

  private async openDrawer(): Promise<void> {
    const opening = new AbortController();
    this.opening = opening;
    // What does not load must not keep the reader from the links.
    let isLost = false;
    const nav = await this.build("nav", opening).catch(() => {
      isLost = true;
      return undefined;
    });
    if (this.opening === opening) this.opening = undefined;
    if (opening.signal.aborted) return;
    const drawer = element("dialog", "drawer");
    drawer.setAttribute("aria-label", opener()?.textContent?.trim() || translate("folders"));
    const head = element("div", "drawer-head");
    const close = button("drawer-close", translate("close"), () => drawer.close());
    head.append(close);
    drawer.append(head);
    const links = document.querySelector(".site-nav")?.cloneNode(true);
    if (links instanceof HTMLElement) {
      links.className = "drawer-nav";
      drawer.append(links);
    }
    if (nav) {
      nav.className = "explorer";
      drawer.append(nav);
    }
    drawer.addEventListener("click", ({ target }) => target === drawer && drawer.close());
    drawer.addEventListener("close", () => {
      drawer.remove();
      show(false);
    });
    document.body.append(drawer);
    drawer.showModal();
    this.panel = drawer;
    show(true);
    if (isLost) this.onLost();
    if (!nav) return;
    nav.querySelector<HTMLElement>("[aria-current]")?.focus();
    bringIntoSight(nav);
  }

  private async build(tag: "nav", opening: AbortController): Promise<HTMLElement | undefined> {
    const { pieces } = this;
    if (!pieces) return undefined;
    const panel = element(tag);
    panel.setAttribute("aria-label", translate("folders"));
    const tree = await pieces.ask("folders", ({ shards }) => this.whole(shards));
    if (!tree || opening.signal.aborted) return undefined;
    this.tree = tree;
    const { list } = tree;
    const row = (title: string, url: string, about: string) => this.note(title, url, about);
    const filter = new FolderFilter(pieces, list, row, this.onLost);
    panel.append(filter.field, list, filter.found);
    panel.addEventListener("keydown", (event) => this.onKey(event, panel));
    this.panel = panel;
    return panel;
  }

  /** An arrow key waits for the list of the folder it was struck on; any other key, or another place, ends the waiting. */
  private onKey(event: KeyboardEvent, panel: HTMLElement): void {
    const item = document.activeElement;
    const arrow = event.key.startsWith("Arrow");
    const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!arrow || modified || item !== this.awaited) this.waiting = [];
    if (!arrow || modified || !panel.contains(item)) return;
    // In the field arrows go through its letters, and down into the list.
    if (item instanceof HTMLInputElement && event.key !== "ArrowDown") return;
    event.preventDefault();
    this.waiting.push(event.key);
    this.act(panel);
  }

  /** Lets the waiting keys act, up to one that needs a list which is still loading. */
  private act(panel: HTMLElement): void {
    this.awaited = undefined;
    for (let key = this.waiting.shift(); key; key = this.waiting.shift()) {
      if (needsList(panel, key)) {
        this.waiting.unshift(key);
        this.awaited = document.activeElement ?? undefined;
        return;
      }
      moveByArrow(panel, key);
    }
  }

  private async whole(shards: ShardSource): Promise<{ list: HTMLElement; shards: ShardSource }> {
    return { list: await this.list(shards, 0, ""), shards };
  }

  /** Shows the folders as the site has them now, where it was published anew since they were loaded. */
  private async renew(): Promise<void> {
    const { pieces, tree } = this;
    if (!pieces || !tree) return;
    const newer = await pieces.ask("folders", ({ shards }) => {
      if (shards === tree.shards) throw new Error("a piece of the folders is gone");
      return this.whole(shards);
    });
    if (!newer || this.tree !== tree) return;
    tree.list.replaceChildren(...newer.list.childNodes);
    this.tree = { list: tree.list, shards: newer.shards };
    tree.list.querySelector("button")?.focus({ preventScroll: true });
  }

  /** What is in a folder, and open whatever the page lies in. `path` is what the URLs of its notes begin with. */
  private async list(shards: ShardSource, file: number, path: string): Promise<HTMLElement> {
    const [folders, notes, parts] = await shards.load<Content>(`f${file}`);
    const list = element("ul");
    const isOnly = file === 0 && folders.length === 1 && notes.length === 0;
    const opening: Promise<void>[] = [];
    for (const [name, count, inner, segment] of folders) {
      const within = `${path}${segment}/`;
      const [item, open] = this.folder(shards, name, numberWords(count), inner, within);
      list.append(item);
      // The page of a folder that has no row of its own is that of the row it is part of.
      const isAbove =
        this.here.endsWith("/") && this.here.length > path.length && within.startsWith(this.here);
      if (isOnly || isAbove || this.here.startsWith(within)) opening.push(open());
    }
    const own = this.here.startsWith(path) ? this.here.slice(path.length).toLowerCase() : "";
    const keys = parts.map(([, , , key]) => key);
    const at = own && !own.includes("/") ? rangeOf(keys, `${sortKey(titleOfPage())}\n${own}`) : -1;
    for (const [number, [first, last, inner]] of parts.entries()) {
      const [item, open] = this.folder(shards, translate("from_to", { first, last }), "", inner, path);
      list.append(item);
      if (number === at) opening.push(open());
    }
    for (const [title, segment] of notes)
      list.append(this.note(title, segment.startsWith("/") ? segment.slice(1) : path + segment));
    await Promise.all(opening);
    return list;
  }

  /** A row that leads to a note; `about` says where it is, in a list of all. */
  private note(title: string, url: string, about = ""): HTMLElement {
    const link = element("a", "", title);
    link.href = addressIn(this.home, url);
    link.title = about ? `${about}/${title}` : title;
    if (about) link.append(" ", element("small", "", about));
    if (url === this.here) link.setAttribute("aria-current", "page");
    const item = element("li");
    item.append(link);
    return item;
  }

  /** A folder that is closed, and what opens it. */
  private folder(
    shards: ShardSource,
    name: string,
    count: string,
    file: number,
    path: string,
  ): [HTMLElement, () => Promise<void>] {
    const item = element("li");
    let list: HTMLElement | undefined;
    let loading: Promise<void> | undefined;
    const load = async () => {
      press.setAttribute("aria-busy", "true");
      // What does not load, on a train in a tunnel say, can be opened once more.
      list = await this.list(shards, file, path).catch(() => undefined);
      loading = undefined;
      press.removeAttribute("aria-busy");
      if (list) {
        item.append(list);
        return;
      }
      press.setAttribute("aria-expanded", "false");
      await this.renew().catch(this.onLost);
    };
    const turn = async () => {
      press.setAttribute("aria-expanded", String(press.getAttribute("aria-expanded") !== "true"));
      if (!list) {
        loading ??= load();
        await loading;
      }
      if (list) list.hidden = press.getAttribute("aria-expanded") !== "true";
      if (this.awaited !== press) return;
      // Who has gone elsewhere in the meantime stays there.
      if (!list || document.activeElement !== press) this.waiting = [];
      this.act(press.closest("nav") as HTMLElement);
    };
    const press = button("", "", () => void turn());
    press.title = name;
    press.append(element("span", "", name));
    press.setAttribute("aria-expanded", "false");
    if (count) press.append(" ", element("small", "", count));
    item.append(press);
    return [item, turn];
  }
}

function opener(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-action='folders']");
}

/** The note's title as the browser's window has it, before the site's name. */
function titleOfPage(): string {
  const site = document.querySelector(".site-name")?.textContent?.trim() ?? "";
  const end = ` · ${site}`;
  return document.title.endsWith(end) ? document.title.slice(0, -end.length) : document.title;
}

function show(open: boolean): void {
  opener()?.setAttribute("aria-expanded", String(open));
}

/** Scrolls the box to the open page, and nothing else. */
function bringIntoSight(box: HTMLElement): void {
  const current = box.querySelector<HTMLElement>("[aria-current]");
  if (!current) return;
  box.scrollTop +=
    current.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

/** Whether the key leads into the focused folder, and what is in that is not there yet. */
function needsList(panel: HTMLElement, key: string): boolean {
  const item = document.activeElement;
  const loads = item?.getAttribute("aria-busy") === "true" && item.getAttribute("aria-expanded") === "true";
  return loads && (key === "ArrowDown" || key === inward(panel));
}

function inward(panel: HTMLElement): string {
  return getComputedStyle(panel).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
}

/** Up and down go through what is to be seen; right opens, left closes or goes out. */
function moveByArrow(panel: HTMLElement, key: string): void {
  const items = Array.from(panel.querySelectorAll<HTMLElement>("input, button, a")).filter(
    (item) => item.offsetParent,
  );
  const item = document.activeElement as HTMLElement;
  const at = items.indexOf(item);
  if (at < 0) return;
  const open = item.getAttribute("aria-expanded");
  if (key === "ArrowDown") items[at + 1]?.focus();
  else if (key === "ArrowUp") items[at - 1]?.focus();
  else if (key === inward(panel)) open === "false" ? item.click() : items[at + 1]?.focus();
  else if (open === "true") item.click();
  else item.closest("ul")?.parentElement?.querySelector<HTMLElement>(":scope > button")?.focus();
}

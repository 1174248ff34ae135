// The search box: a dialog with a combobox, opened by `/`, Ctrl-K, a button, or an address with `?q=`.

import { emptyState, noHits, optionOf, showError } from "./hits.ts";
import type { Result, Search } from "./search.ts";

// A shard that a half-typed word needs is seldom one that the whole word needs: wait for a pause, a longer one for the
// bytes of meaning.
const WORDS_PAUSE = 40;
const MEANING_PAUSE = 160;

/** Gives the page its search box. `home` is the address of the site's root. */
export function startBox(search: Search, home: string): void {
  let box: Box | undefined;
  const open = (text?: string) => {
    box ??= new Box(search, home);
    box.open(text);
  };
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest?.("[data-ns-open]")) open();
  });
  document.addEventListener("keydown", (event) => {
    if (!opensBox(event)) return;
    event.preventDefault();
    open();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked !== null) open(asked);
}

function opensBox(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey)
    return event.key.toLowerCase() === "k";
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as HTMLElement;
  return !target.isContentEditable && !target.matches?.("input, textarea, select");
}

class Box {
  private readonly dialog = document.createElement("dialog");
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("div");
  private readonly status = document.createElement("p");
  private readonly reach = document.createElement("p");
  /** Counts what was asked: an answer to an older question is never shown. */
  private asked = 0;
  private active = -1;
  /** Whether the reader, not the ranking, has chosen the active option. */
  private moved = false;

  constructor(
    private readonly search: Search,
    private readonly home: string,
  ) {
    this.build();
    this.listen();
    document.body.append(this.dialog);
  }

  open(text = this.input.value): void {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.value = text;
    this.input.focus();
    this.input.select();
    this.search.prepare().then(
      (byMeaning) => {
        this.reach.textContent = byMeaning ? "By words and meaning" : "By words only";
      },
      () => this.fail(),
    );
    this.ask();
  }

  private build(): void {
    this.dialog.className = "ns-box";
    this.dialog.setAttribute("aria-label", "Search");
    this.input.className = "ns-input";
    this.input.type = "text";
    this.input.placeholder = "Words, or what the note is about";
    this.input.spellcheck = false;
    this.input.autocomplete = "off";
    this.input.enterKeyHint = "go";
    setAttributes(this.input, {
      role: "combobox",
      "aria-label": "Search the notes",
      "aria-autocomplete": "list",
      "aria-controls": "ns-list",
      "aria-expanded": "false",
      autocapitalize: "off",
    });
    this.list.className = "ns-list";
    setAttributes(this.list, { id: "ns-list", role: "listbox", "aria-label": "Notes found" });
    this.status.className = "ns-status";
    this.status.setAttribute("role", "status");
    this.reach.className = "ns-reach";

    const close = document.createElement("button");
    close.className = "ns-close";
    close.type = "button";
    close.title = "Close search (Esc)";
    close.textContent = "Close";
    close.addEventListener("click", () => this.dialog.close());

    const head = document.createElement("div");
    head.className = "ns-head";
    head.append(this.input, close);
    const foot = document.createElement("div");
    foot.className = "ns-foot";
    foot.append(this.status, this.reach);
    const body = document.createElement("div");
    body.className = "ns-body";
    body.append(head, this.list, foot);
    this.dialog.append(body);
  }

  private listen(): void {
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.dialog.addEventListener("close", () => this.forget());
    this.dialog.addEventListener("click", (event) => {
      const target = event.target as Element;
      const link = target.closest("a");
      // A link to another page leaves the box and its address as they are, for the way back. One to a passage of this
      // page moves without loading, if the question is out of the address by then.
      if (link?.pathname === location.pathname) {
        this.forget();
        this.dialog.close();
      }
      // The body covers the whole dialog: a click on the dialog itself is one beside it.
      if (target === this.dialog) this.dialog.close();
    });
  }

  /** Asks for the words' ranking first, and for the whole one when the typing pauses. */
  private async ask(): Promise<void> {
    const question = ++this.asked;
    this.moved = false;
    const text = this.input.value;
    const isOld = () => question !== this.asked;
    if (!text.trim()) {
      this.show([emptyState()], "");
      this.remember("");
      return;
    }
    try {
      await pause(WORDS_PAUSE);
      if (isOld()) return;
      const words = await this.search.search(text, { wordsOnly: true });
      if (isOld()) return;
      if (words.hits.length > 0) this.showHits(words, "");
      await pause(MEANING_PAUSE);
      if (isOld()) return;
      const all = await this.search.search(text);
      if (isOld()) return;
      this.showHits(all, text);
      this.remember(text);
    } catch {
      if (!isOld()) this.fail();
    }
  }

  private showHits({ hits }: Result, text: string): void {
    if (hits.length === 0) {
      this.show([noHits(text)], "Nothing found");
      return;
    }
    // What the reader has moved to stays chosen while the ranking settles.
    const chosen = this.moved ? this.options()[this.active]?.dataset.url : undefined;
    const options = hits.map((hit, number) => optionOf(hit, `ns-${number}`, this.home));
    this.show(options, `${hits.length} ${hits.length === 1 ? "note" : "notes"}`);
    this.choose(
      Math.max(
        0,
        hits.findIndex((hit) => hit.url === chosen),
      ),
    );
  }

  private show(content: HTMLElement[], status: string): void {
    this.list.replaceChildren(...content);
    this.list.scrollTop = 0;
    this.status.textContent = status;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-expanded", String(this.options().length > 0));
  }

  private fail(): void {
    this.show([showError()], "Search failed");
  }

  private options(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>("[role=option]"));
  }

  private steer(event: KeyboardEvent): void {
    const count = this.options().length;
    if (event.isComposing || count === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.moved = true;
      this.choose((this.active + step + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const link = this.options()[this.active]?.querySelector("a");
      if (event.ctrlKey || event.metaKey) window.open(link?.href, "_blank", "noopener");
      else link?.click();
    }
  }

  private choose(number: number): void {
    this.active = number;
    this.options().forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === number));
      if (i !== number) return;
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  private forget(): void {
    this.asked += 1;
    this.remember("");
  }

  /** Keeps the question in the address, so that it can be shared. */
  private remember(text: string): void {
    const address = new URL(location.href);
    if ((address.searchParams.get("q") ?? "") === text && (text || !address.searchParams.has("q"))) return;
    if (text) address.searchParams.set("q", text);
    else address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
  }
}

function setAttributes(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

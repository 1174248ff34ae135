// The search box: a combobox that lists hits while one types. search-shell.ts has made its dialog and its field.

import { withChoices } from "../../lib/choices.ts";
import { copy } from "../../lib/clipboard.ts";
import { button, element, setAttributes } from "../../lib/dom.ts";
import { letterOf } from "../../lib/letter-key.ts";
import type { Hit, SearchResult, SearchShell } from "../../lib/namespace.ts";
import { forgetOpened, type NamedNote, openedNotes } from "../../lib/opened.ts";
import { urlHere } from "../../lib/site-urls.ts";
import { translate } from "../../messages/search.ts";
import { OtherVersionError, type SearchEngine } from "../engine/engine.ts";
import { alternativesTo } from "./alternatives.ts";
import { contextOf } from "./context.ts";
import { filtersOf } from "./edit-query.ts";
import { FilterMenu } from "./filter-menu.ts";
import { group, hint, noteOption, optionOf, questionOption, sectionOptions } from "./hits.ts";
import { Recents } from "./recent.ts";

// A shard that a half-typed word needs is seldom one that the whole word needs: wait for a pause, a longer one for the
// bytes of meaning. Hits by words are held back so long for the whole answer to come, since what is shown stays where it
// is; if it comes later, what meaning brings is put below them.
const WORDS_PAUSE = 40;
const MEANING_PAUSE = 100;
const HELD_FOR = 150;
const HITS_AT_ONCE = 10;
/** Hits by words that are shown while the whole answer is awaited: few, since the others find their places then. */
const HITS_BY_WORDS = 5;

/** How far the keys go in the list; the ends are far enough. */
const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 4,
  PageUp: -4,
  End: Number.POSITIVE_INFINITY,
  Home: Number.NEGATIVE_INFINITY,
};

/** What each of the keys does. */
function keysOfDialog(): [keys: string, does: string][] {
  const control = /^(Mac|iP)/.test(navigator.platform) ? "⌘" : translate("control");
  return [
    ["↑ ↓", translate("choose")],
    [translate("enter"), translate("open")],
    [`${control} ${translate("enter")}`, translate("new_tab")],
    [`${control} ${translate("shift")} C`, translate("copy_key")],
    [translate("escape"), translate("close")],
  ];
}

/** The search box of one page. */
export class SearchDialog {
  private readonly dialog: HTMLDialogElement;
  private readonly input: HTMLInputElement;
  private readonly list = element("div", "ns-list");
  /** What stands over and under the list, and is none of its options. */
  private readonly above = element("div");
  private readonly below = element("div", "ns-below");
  private readonly middle = element("div", "ns-middle");
  private readonly status = element("p", "ns-status");
  private readonly reach = element("p", "ns-reach");
  private readonly copier = button("ns-button ns-copy", translate("copy"), () => this.copyContext());
  private readonly filter = button("ns-button ns-filter", translate("filter"), () => this.toggleMenu());
  private readonly filters = element("div", "ns-filters");
  private menu: FilterMenu | undefined;
  private readonly recents: Recents;
  /** Counts what was asked: an answer to an older question is never shown. */
  private asked = 0;
  private active = -1;
  /** Whether the reader, not the ranking, has chosen the active option. */
  private moved = false;
  /** How many hits are asked for. */
  private limit = HITS_AT_ONCE;
  /** What is shown now. */
  private hits: Hit[] = [];

  constructor(
    private readonly shell: SearchShell,
    private readonly search: SearchEngine,
    private readonly home: string,
  ) {
    this.dialog = shell.dialog;
    this.input = shell.input;
    this.recents = new Recents(home);
    this.build(shell);
    this.listen();
  }

  /** Takes up the question that stands in the field. */
  open(): void {
    this.search.prepare().then(
      (byMeaning) => {
        this.reach.textContent = byMeaning ? translate("by_both") : translate("by_words");
      },
      (error) => this.fail(error),
    );
    this.askAnew();
  }

  private build({ head, body }: SearchShell): void {
    this.input.setAttribute("aria-controls", "ns-list");
    // Not a stop of the Tab key, as browsers make of what scrolls: the arrows work from the field.
    this.middle.tabIndex = -1;
    setAttributes(this.list, { id: "ns-list", role: "listbox", "aria-label": translate("found") });
    this.status.setAttribute("role", "status");
    setAttributes(this.filter, { "aria-expanded": "false", "aria-controls": "ns-filters" });
    setAttributes(this.filters, {
      id: "ns-filters",
      role: "group",
      "aria-label": translate("filters"),
      hidden: "",
    });
    this.copier.title = translate("copy_why");
    this.copier.hidden = true;
    const summary = element("div", "ns-summary");
    summary.append(this.status, this.reach);
    const keys = element("p", "ns-keys");
    for (const [name, does] of keysOfDialog()) {
      const key = element("span");
      key.append(element("kbd", "", name), ` ${does}`);
      keys.append(key);
    }
    const foot = element("div", "ns-foot");
    foot.append(summary, this.copier, keys);
    this.middle.append(this.filters, this.above, this.list, this.below);
    this.input.after(this.filter);
    head.after(this.middle, foot);
    body.querySelector(".ns-lost")?.remove();
  }

  private listen(): void {
    this.input.addEventListener("input", () => this.askAnew());
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.dialog.addEventListener("keydown", (event) => {
      if (letterOf(event).toLowerCase() !== "c" || !event.shiftKey || !(event.ctrlKey || event.metaKey))
        return;
      event.preventDefault();
      this.copyContext();
    });
    this.dialog.addEventListener("close", () => this.forget());
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.list.addEventListener("auxclick", (event) => {
      if (event.button === 1 && (event.target as Element).closest(".ns-hit"))
        this.recents.keep(this.input.value);
    });
    this.filters.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.toggleMenu();
      this.filter.focus();
    });
  }

  private askAnew(): void {
    this.limit = HITS_AT_ONCE;
    this.moved = false;
    this.ask();
  }

  /** Asks for the words' ranking first, and for the whole one when the typing pauses. */
  private async ask(): Promise<void> {
    const question = ++this.asked;
    const text = this.input.value;
    const isOld = () => question !== this.asked;
    this.showFilters();
    if (!text.trim()) {
      this.showEmpty();
      this.remember("");
      return;
    }
    try {
      const goesOn = this.limit > HITS_AT_ONCE;
      let before = goesOn ? this.hits : [];
      if (!goesOn) {
        await pause(WORDS_PAUSE);
        if (isOld()) return;
      }
      const whole = goesOn
        ? this.search.search(text, { limit: this.limit })
        : pause(MEANING_PAUSE - WORDS_PAUSE).then(() =>
            isOld() ? undefined : this.search.search(text, { limit: this.limit }),
          );
      let isWhole = false;
      const settled = () => {
        isWhole = true;
      };
      whole.then(settled, settled);
      if (!goesOn) {
        const words = await this.search.search(text, { limit: HITS_BY_WORDS, wordsOnly: true });
        await Promise.race([whole.catch(() => {}), pause(HELD_FOR)]);
        if (isOld()) return;
        if (!isWhole && words.hits.length > 0) {
          this.showHits(words, false);
          before = words.hits;
        }
      }
      const all = await whole;
      if (isOld() || !all) return;
      this.remember(text);
      if (all.hits.length > 0)
        this.showHits({ ...all, hits: inPlace(before, all.hits) }, all.hits.length < this.limit);
      else {
        const alternatives = await alternativesTo(this.search, text);
        if (!isOld()) this.showNothing(text, all.far, alternatives.map(questionOption));
      }
    } catch (error) {
      if (!isOld()) this.fail(error);
    }
  }

  /** Shows hits, which are `all` that there are or only the best. */
  private showHits({ hits, corrected, unquoted }: SearchResult, all: boolean): void {
    // What the reader has moved to stays chosen while the ranking settles.
    const chosen = this.moved ? this.options()[this.active]?.dataset.url : undefined;
    const options = hits.flatMap((hit) => [optionOf(hit, this.home), ...sectionOptions(hit, this.home)]);
    const scroll = this.moved ? this.middle.scrollTop : 0;
    const number = all
      ? translate("notes", { count: hits.length })
      : translate("best", { count: hits.length });
    const instead = [
      ...unquoted.map((phrase) => translate("unquoted", { phrase })),
      ...corrected.map(insteadOf),
    ];
    this.show(options, [number, ...instead].join(translate("and_then")));
    if (!all)
      this.below.replaceChildren(button("ns-button ns-more", translate("more"), () => this.showMore()));
    this.middle.scrollTop = scroll;
    this.hits = hits;
    this.copier.hidden = false;
    this.choose(Math.max(0, chosen ? options.findIndex((option) => option.dataset.url === chosen) : 0));
  }

  /** Goes on after the last hit: the one after it becomes the chosen one. */
  private async showMore(): Promise<void> {
    const shown = this.options().length;
    this.limit += HITS_AT_ONCE;
    this.moved = true;
    this.choose(shown - 1);
    this.input.focus();
    await this.ask();
  }

  /** Offers what was asked and opened last, and, as soon as they are known, the newest and the most linked notes. */
  private showEmpty(): void {
    const here = urlHere(this.home);
    const opened = openedNotes(this.home).filter(({ url }) => url !== here);
    const questions = this.recents.list();
    const shown = new Set([here, ...opened.map(({ url }) => url)]);
    const others = (notes: NamedNote[]) => notes.filter(({ url }) => !shown.has(url));
    const groups = [
      [
        "ns-recent",
        translate("recent"),
        questions.map((text) => questionOption({ text, label: text, reason: "" })),
      ],
      ["ns-opened", translate("opened"), this.named(opened)],
    ] as const;
    this.show(groupsOf(groups), "");
    const below = [hint(translate("hint"))];
    if (questions.length + opened.length > 0) below.push(this.clearer());
    this.below.replaceChildren(...below);
    const question = this.asked;
    this.search.offered().then(
      ({ newest, linked }) => {
        if (question !== this.asked) return;
        const added = [
          [
            "ns-newest",
            translate(newest.some(({ date }) => date) ? "newest_notes" : "any_notes"),
            this.named(others(newest)),
          ],
          ["ns-linked", translate("linked_notes"), this.named(others(linked))],
        ] as const;
        this.list.append(...groupsOf(added));
        this.number();
      },
      () => {
        // The box works without; what cannot be loaded is said when something is asked.
      },
    );
  }

  private named(notes: NamedNote[]): HTMLElement[] {
    return notes.map((note) => noteOption(note, this.home));
  }

  private clearer(): HTMLElement {
    return button("ns-button ns-clear", translate("forget"), () => {
      this.recents.forget();
      forgetOpened(this.home);
      this.showEmpty();
      this.input.focus();
    });
  }

  private showNothing(text: string, far: Hit[], alternatives: HTMLElement[]): void {
    const nearest = far.map((hit) => optionOf(hit, this.home));
    const groups = [
      ["ns-far", translate("nearest"), nearest],
      ["ns-ways", translate("ways"), alternatives],
    ] as const;
    this.show(groupsOf(groups), translate("nothing"));
    this.above.replaceChildren(hint(translate("no_answer", { question: text })));
    const leave = hint("");
    const notes = this.linkTo("index.html", translate("all_notes"));
    // The header leads to the tags where there are any.
    if (document.querySelector(".site-nav a[href$='tags.html']"))
      leave.append(
        ...translate.nodes("leave_both", { notes, tags: this.linkTo("tags.html", translate("all_tags")) }),
      );
    else leave.append(...translate.nodes("leave", { notes }));
    this.below.replaceChildren(leave);
  }

  private linkTo(page: string, text: string): HTMLElement {
    const link = element("a", "", text);
    link.href = this.home + page;
    return link;
  }

  private fail(error: unknown): void {
    this.show([], translate("failed"));
    const said = hint(translate("index_lost"));
    if (error instanceof OtherVersionError) this.shell.sayChanged(said);
    this.above.replaceChildren(said);
  }

  /** Shows these options, and nothing else. */
  private show(content: HTMLElement[], status: string): void {
    this.list.replaceChildren(...content);
    this.above.replaceChildren();
    this.below.replaceChildren();
    this.middle.scrollTop = 0;
    this.number();
    this.status.textContent = status;
    this.hits = [];
    this.copier.hidden = true;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Names the options, and says whether there are any. */
  private number(): void {
    const options = this.options();
    options.forEach((option, number) => {
      option.id = `ns-${number}`;
    });
    this.input.setAttribute("aria-expanded", String(options.length > 0));
  }

  private options(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>("[role=option]"));
  }

  private steer(event: KeyboardEvent): void {
    const options = this.options();
    // Safari ends a composition before its last key, which only the old code tells from an Enter.
    if (event.isComposing || event.keyCode === 229 || options.length === 0) return;
    const step = STEPS[event.key];
    if (event.key === "Enter") {
      const option = options[this.active];
      if (!option) return;
      event.preventDefault();
      this.activate(option, event.ctrlKey || event.metaKey);
    } else if (
      step !== undefined &&
      !event.shiftKey &&
      !event.altKey &&
      (this.moved || Number.isFinite(step))
    ) {
      // Home and End are the field's until the reader has gone into the list.
      event.preventDefault();
      this.moved = true;
      this.choose(next(this.active, step, options.length));
    }
  }

  private activate(option: HTMLElement, elsewhere: boolean): void {
    const link = option instanceof HTMLAnchorElement ? option : null;
    if (link && elsewhere) {
      this.recents.keep(this.input.value);
      window.open(withChoices(link.href), "_blank", "noopener");
    } else (link ?? option).click();
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

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const asked = target.closest<HTMLElement>("[data-text]")?.dataset.text;
    const link = target.closest("a");
    if (asked !== undefined) {
      this.write(asked);
      this.input.focus();
    }
    if (!link) return;
    this.recents.keep(this.input.value);
    // A link to another page leaves the box and its address as they are, for the way back. One to a passage of this
    // page moves without loading, if the question is out of the address by then.
    if (link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    this.forget();
    this.dialog.close();
  }

  /** Puts a question into the field and asks it. */
  private write(text: string): void {
    this.input.value = text;
    this.askAnew();
  }

  private async copyContext(): Promise<void> {
    if (this.hits.length === 0) return;
    const { text, passages } = contextOf(this.input.value, this.hits, this.home);
    const copied = await copy(text, this.dialog);
    this.status.textContent = copied ? translate("copied", { count: passages }) : translate("copy_refused");
  }

  private async toggleMenu(): Promise<void> {
    const opens = this.filters.hidden;
    this.filters.hidden = !opens;
    this.filter.setAttribute("aria-expanded", String(opens));
    if (!opens) return;
    this.middle.scrollTop = 0;
    try {
      this.menu ??= new FilterMenu(
        await this.search.choices(),
        () => this.input.value,
        (text) => this.write(text),
      );
      this.filters.replaceChildren(this.menu.panel);
      this.menu.show();
    } catch {
      this.filters.replaceChildren(hint(translate("filters_lost")));
    }
  }

  /** Shows which filters the question has. */
  private showFilters(): void {
    const count = filtersOf(this.input.value).length;
    this.filter.textContent = count > 0 ? translate("filtered", { count }) : translate("filter");
    if (!this.filters.hidden) this.menu?.show();
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

/** The option that a key leads to: one step beyond an end is the other end, a leap stops at the end. */
function next(active: number, step: number, count: number): number {
  if (active < 0) return step < 0 ? count - 1 : 0;
  if (Math.abs(step) === 1) return (active + step + count) % count;
  return Math.min(count - 1, Math.max(0, active + step));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What is shown already at its place, then the others; of what is shown, the newer answer's. */
function inPlace(before: Hit[], after: Hit[]): Hit[] {
  const newer = new Map(after.map((hit) => [hit.url, hit]));
  const kept = before.map((hit) => newer.get(hit.url) ?? hit);
  const shown = new Set(before.map(({ url }) => url));
  return [...kept, ...after.filter(({ url }) => !shown.has(url))];
}

/** Those groups that have an option. */
function groupsOf(
  all: readonly (readonly [id: string, name: string, options: HTMLElement[]])[],
): HTMLElement[] {
  return all.filter(([, , options]) => options.length > 0).map((one) => group(...one));
}

/** What was looked for instead of a word that no note has. */
function insteadOf({ typed, used }: SearchResult["corrected"][number]): string {
  return translate("instead", { used: used.join(translate("or")), typed });
}

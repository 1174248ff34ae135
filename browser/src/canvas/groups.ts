// What the notes of a picture are coloured by: topics, folders, tags or years, with a legend of which one group may be lit.

import { button, element } from "../lib/dom.ts";
import { numberWords } from "../messages/i18n.ts";

/** A way to colour by: the groups' names and the number of each note's, -1 for none; `notegen/render/parts/groupings.py`. */
interface Grouping {
  names: string[];
  of: number[];
}

export type Groupings = { topic: Grouping; folder: Grouping; tag: Grouping; year: Grouping };
export type Way = keyof Groupings;

/** Each group's notes, by its number; those of no group are left out. */
export function membersOf({ names, of }: Grouping): number[][] {
  const members: number[][] = names.map(() => []);
  for (const [note, group] of of.entries()) members[group]?.push(note);
  return members;
}

/** The ways that there is something to show for. */
function waysOf(groupings: Groupings): Way[] {
  return (Object.keys(groupings) as Way[]).filter((way) => groupings[way].names.length > 0);
}

/** A colour of the page, as the canvas wants it, for each group of each way. */
export type Colours = Readonly<Record<Way, readonly string[]>>;

/** The groups' colours; `colour` turns a value of CSS into what the page makes of it. */
export function coloursOf(groupings: Groupings, colour: (value: string) => string): Colours {
  const kinds = (way: Way) => groupings[way].names.map((_, group) => colour(`var(--category-${group + 1})`));
  const years = groupings.year.names;
  // Time has an order, which a ramp shows and separate colours would hide.
  const ramp = (year: number) => Math.round((100 * (year + 1)) / years.length);
  return {
    topic: kinds("topic"),
    folder: kinds("folder"),
    tag: kinds("tag"),
    year: years.map((_, year) => colour(`color-mix(in oklab, var(--newest) ${ramp(year)}%, var(--oldest))`)),
  };
}

/** The choice of a way and of a group of it, by the page's field and its legend. */
export class Colouring {
  way: Way;
  private chosen: number | undefined;
  private readonly legend = document.querySelector("[data-legend]");

  /**
   * Args:
   *   light: told of the notes of the chosen group, or that none is chosen.
   */
  constructor(
    frame: HTMLElement,
    private readonly groupings: Groupings,
    private colours: Colours,
    private readonly light: (notes: readonly number[] | undefined) => void,
  ) {
    // A small garden may have no topics.
    this.way = waysOf(groupings)[0] ?? "topic";
    const field = frame.querySelector<HTMLSelectElement>("[data-way]");
    field?.addEventListener("change", () => {
      this.way = field.value as Way;
      this.choose(undefined);
    });
    this.show();
  }

  /** The name of a note's group; none for a note of no group. */
  nameOf(note: number): string | undefined {
    const { names, of } = this.groupings[this.way];
    return names[of[note] ?? -1];
  }

  /** The page has other colours from now on. */
  paint(colours: Colours): void {
    this.colours = colours;
    this.show();
  }

  /** No group is chosen any more, and something else is lit. */
  letGo(): void {
    this.chosen = undefined;
    this.show();
  }

  private choose(group: number | undefined): void {
    this.chosen = group;
    this.light(group === undefined ? undefined : membersOf(this.groupings[this.way])[group]);
    this.show();
  }

  private show(): void {
    const members = membersOf(this.groupings[this.way]);
    const entries = this.groupings[this.way].names.map((name, group) => {
      const entry = button("legend-item", "", () => this.choose(this.chosen === group ? undefined : group));
      const swatch = element("i");
      swatch.style.background = this.colours[this.way][group] ?? "";
      entry.append(
        swatch,
        element("span", "", name),
        element("small", "", numberWords(members[group]?.length ?? 0)),
      );
      entry.setAttribute("aria-pressed", String(this.chosen === group));
      const item = element("li");
      item.append(entry);
      return item;
    });
    this.legend?.replaceChildren(...entries);
  }
}

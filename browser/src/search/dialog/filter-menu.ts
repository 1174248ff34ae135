// The menu of filters: a garden's tags and days, which it writes into the question as a reader would type them.

import { button, element } from "../../lib/dom.ts";
import { numberWords, numeral } from "../../messages/i18n.ts";
import { translate } from "../../messages/search.ts";
import type { FilterChoices } from "../engine/engine.ts";
import { daysOf, filtersOf, hasTag, isTag, toggleTag, withDays } from "./edit-query.ts";

/** So many tags are seen without looking for one. */
const MAX_TAGS_UNASKED = 24;

/** By hand a month or a year can be written too, which a field for a day cannot show. */
const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/;

/** The menu of one box. */
export class FilterMenu {
  readonly panel = element("div", "ns-menu");
  private readonly tags = element("div", "ns-chips");
  private readonly quick = element("div", "ns-chips");
  private readonly find = element("input", "ns-find");
  private readonly after = element("input", "ns-day");
  private readonly before = element("input", "ns-day");
  private readonly askable: FilterChoices["tags"];

  /**
   * @param choices of the site
   * @param read gives the question as it stands
   * @param write puts another in its place, and asks it
   */
  constructor(
    private readonly choices: FilterChoices,
    private readonly read: () => string,
    private readonly write: (text: string) => void,
  ) {
    this.askable = choices.tags.filter(([tag]) => isTag(tag));
    if (this.askable.length > 0) this.panel.append(this.tagPart());
    if (choices.days.length > 0) this.panel.append(this.dayPart());
    if (!this.panel.hasChildNodes()) this.panel.append(element("span", "ns-none", translate("no_filters")));
    this.show();
  }

  /** Shows what the question asks for now. */
  show(): void {
    const text = this.read();
    const filters = filtersOf(text);
    const looked = this.find.value.trim().toLowerCase();
    const chosen = (tag: string) => filters.some((filter) => hasTag(filter, tag));
    const shown = this.askable.filter(([tag]) => tag.toLowerCase().includes(looked));
    const some = looked ? shown : shown.filter(([tag], number) => number < MAX_TAGS_UNASKED || chosen(tag));
    this.tags.replaceChildren(
      ...some.map(([tag, notes]) => {
        const chip = this.chip(`#${tag}`, chosen(tag), () => this.write(toggleTag(this.read(), tag)));
        chip.dataset.key = tag;
        // Only the number is seen; what is around it is read aloud.
        const number = numberWords(notes);
        const [before = "", after = ""] = translate("tag_notes", { count: notes }).split(number);
        chip.append(
          " ",
          element("span", "visually-hidden", before),
          element("span", "ns-count", number),
          element("span", "visually-hidden", after),
        );
        return chip;
      }),
    );
    if (some.length === 0) this.tags.append(element("span", "ns-none", translate("no_tag")));
    const days = daysOf(text);
    this.after.value = WHOLE_DAY.test(days.after) ? days.after : "";
    this.before.value = WHOLE_DAY.test(days.before) ? days.before : "";
    this.quick.replaceChildren(
      ...spansOf(this.choices.days).map(({ name, after, before }) => {
        const on = days.after === after && days.before === before;
        const none = { after: "", before: "" };
        const chip = this.chip(name, on, () =>
          this.write(withDays(this.read(), on ? none : { after, before })),
        );
        chip.dataset.key = name;
        return chip;
      }),
    );
  }

  private tagPart(): HTMLElement {
    const part = this.part(translate("tags"));
    if (this.askable.length > MAX_TAGS_UNASKED) {
      this.find.type = "search";
      this.find.placeholder = translate("find_tag");
      this.find.setAttribute("aria-label", translate("find_tag"));
      this.find.addEventListener("input", () => this.show());
      part.append(this.find);
    }
    part.append(this.tags);
    return part;
  }

  private dayPart(): HTMLElement {
    const part = this.part(translate("dates"));
    const row = element("div", "ns-days");
    for (const [field, name] of [
      [this.after, translate("from")],
      [this.before, translate("to")],
    ] as const) {
      field.type = "date";
      [field.min = "", field.max = ""] = this.choices.days;
      field.addEventListener("change", () =>
        this.write(withDays(this.read(), { after: this.after.value, before: this.before.value })),
      );
      const label = element("label", "", name);
      label.append(field);
      row.append(label);
    }
    part.append(row, this.quick);
    return part;
  }

  private part(name: string): HTMLElement {
    const part = element("fieldset", "ns-part");
    part.append(element("legend", "", name));
    return part;
  }

  /** A switch; what it does draws all of them anew, so the focus goes to the new one of its name. */
  private chip(name: string, on: boolean, onClick: () => void): HTMLButtonElement {
    const made = button("ns-chip", name, () => {
      const { key } = made.dataset;
      onClick();
      const again = Array.from(this.panel.querySelectorAll<HTMLElement>(".ns-chip"));
      again.find((chip) => chip.dataset.key === key)?.focus();
    });
    made.setAttribute("aria-pressed", String(on));
    return made;
  }
}

/** The newest note's year and the two before it, as far as there are notes, and the month up to the newest note. */
export function spansOf([first, last]: FilterChoices["days"]): {
  name: string;
  after: string;
  before: string;
}[] {
  if (!first || !last) return [];
  const newest = Number(last.slice(0, 4));
  const years = [newest, newest - 1, newest - 2].filter((year) => year >= Number(first.slice(0, 4)));
  const day = new Date(`${last}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 30);
  return [
    { name: translate("newest"), after: day.toISOString().slice(0, 10), before: last },
    ...years.map((year) => ({ name: numeral(year), after: `${year}-01-01`, before: `${year}-12-31` })),
  ];
}

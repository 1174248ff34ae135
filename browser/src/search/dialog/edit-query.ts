// The filters of a question as its text writes them: `tag:sea after:2024-01-01`. What they mean is the engine's matter.

/** A filter as it is written in a question, and where. */
export interface Filter {
  name: "tag" | "path" | "after" | "before";
  value: string;
  /** Whether what it names is kept out: `-tag:sea`. */
  not: boolean;
  written: string;
}

const FILTER = /(^|\s)((-?)(tag|path|after|before):("[^"]*"|[^\s"]+))(?=\s|$)/giu;

/** The filters of a question, in order. */
export function filtersOf(text: string): Filter[] {
  return Array.from(text.matchAll(FILTER), (match) => ({
    name: (match[4] as string).toLowerCase() as Filter["name"],
    value: (match[5] as string).replace(/"/g, "").replace(/^#/, ""),
    not: match[3] === "-",
    written: match[2] as string,
  }));
}

/** The question without its filters. */
export function wordsOf(text: string): string {
  return text.replace(FILTER, "$1").replace(/\s+/g, " ").trim();
}

/** The question without one filter. */
export function without(text: string, filter: Filter): string {
  const place = text.indexOf(filter.written);
  return tidy(text.slice(0, place) + text.slice(place + filter.written.length));
}

/** The question with the tag, or without it when it had it. */
export function toggleTag(text: string, tag: string): string {
  const had = filtersOf(text).find((filter) => hasTag(filter, tag));
  return had ? without(text, had) : withFilter(text, "tag", tag);
}

/** Whether the filter asks for just this tag. */
export function hasTag(filter: Filter, tag: string): boolean {
  return filter.name === "tag" && !filter.not && filter.value.toLowerCase() === tag.toLowerCase();
}

/** The question with its days set; an empty one is left out. */
export function withDays(text: string, days: { after: string; before: string }): string {
  let changed = text;
  for (const name of ["after", "before"] as const) {
    for (const filter of filtersOf(changed)) {
      if (filter.name === name && !filter.not) changed = without(changed, filter);
    }
    if (days[name]) changed = withFilter(changed, name, days[name]);
  }
  return changed;
}

/** The days that a question asks for, empty where it does not. */
export function daysOf(text: string): { after: string; before: string } {
  const value = (name: string) => filtersOf(text).find((one) => one.name === name && !one.not)?.value ?? "";
  return { after: value("after"), before: value("before") };
}

/** Before the words, where a half-typed last word stays the last. */
function withFilter(text: string, name: Filter["name"], value: string): string {
  const written = `${name}:${/\s/.test(value) ? `"${value}"` : value}`;
  const filters = filtersOf(text).map((filter) => filter.written);
  return [...filters, written, wordsOf(text)].join(" ").trim();
}

function tidy(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

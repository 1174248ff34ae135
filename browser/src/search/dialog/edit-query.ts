// A question with one filter more or less, as its text: edited at the places that the parser reports, so that what it takes
// for a filter, and where that ends, is decided in one file.

import { type Filter, type Place, parseQuery } from "../engine/query.ts";
import { fold } from "../engine/tokens.ts";

/** The filters of a question, in order. */
export function filtersOf(text: string): Filter[] {
  return parseQuery(text).filters;
}

/** The question without what stands at these places, which come in order; nothing else in it changes. */
export function without(text: string, places: readonly Place[]): string {
  return [...places].reverse().reduce((kept, { start, end }) => {
    const [before, after] = [kept.slice(0, start).trimEnd(), kept.slice(end).trimStart()];
    return before && after ? `${before} ${after}` : before + after;
  }, text);
}

/** The question with the tag, or without it when it had it, however often. */
export function toggleTag(text: string, tag: string): string {
  const had = filtersOf(text).filter((filter) => hasTag(filter, tag));
  return had.length > 0 ? without(text, had) : withFilter(text, "tag", tag);
}

/** Whether the filter asks for just this tag. */
export function hasTag({ kind, value, excluded }: Filter, tag: string): boolean {
  return kind === "tag" && !excluded && fold(value) === fold(tag);
}

/** Whether the tag can be asked for: not one of signs alone. */
export function isTag(tag: string): boolean {
  return filtersOf(withFilter("", "tag", tag)).some((filter) => hasTag(filter, tag));
}

/** The question with its days set; an empty one is left out. */
export function withDays(text: string, days: { after: string; before: string }): string {
  const isDay = ({ kind, excluded }: Filter) => (kind === "after" || kind === "before") && !excluded;
  let changed = without(text, filtersOf(text).filter(isDay));
  for (const kind of ["after", "before"] as const) {
    if (days[kind]) changed = withFilter(changed, kind, days[kind]);
  }
  return changed;
}

/** The days that a question asks for, empty where it does not. */
export function daysOf(text: string): { after: string; before: string } {
  const filters = filtersOf(text);
  const value = (kind: Filter["kind"]) =>
    filters.find((filter) => filter.kind === kind && !filter.excluded)?.value ?? "";
  return { after: value("after"), before: value("before") };
}

/** After the last filter, or else before the words, where a half-typed last word stays the last. */
function withFilter(text: string, kind: Filter["kind"], value: string): string {
  const written = `${kind}:${/\s/.test(value) ? `"${value}"` : value}`;
  const place = filtersOf(text).pop()?.end ?? 0;
  return [text.slice(0, place), written, text.slice(place).trimStart()].filter(Boolean).join(" ");
}

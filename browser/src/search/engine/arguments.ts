// What anybody may pass to `window.notegen.search`, brought to what the engine takes: a page's script is not always typed.

import type { SearchOptions } from "../../lib/namespace.ts";

const DEFAULT_LIMIT = 10;

/** A text as it is, a number as its digits; what is neither asks for nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The options, each by itself: one that cannot be used is as if it were not there. */
export function optionsOf(value: unknown): Required<SearchOptions> {
  const { limit, wordsOnly } = (value ?? {}) as Record<string, unknown>;
  const most = typeof limit === "string" ? Number.parseFloat(limit) : limit;
  return {
    limit: typeof most === "number" && most >= 0 ? Math.floor(most) : DEFAULT_LIMIT,
    wordsOnly: Boolean(wordsOnly),
  };
}

// How an address carries a passage from the search box to the page that marks it.
//
//     sea/Tides.html#spring-tides?mark=When%20the%20moon&to=every%20fortnight.&word=moon
//
// Behind the `#`, because a browser sends no host what stands there, and what was searched for is nobody else's
// business. An anchor holds no bare `?`. Storage cannot carry it: at file:// Firefox gives each file its own.

/** A passage as it is looked for in its page: how it begins and ends, and the words in it that were searched for. */
export interface Marked {
  start: string;
  /** Empty when `start` is the whole passage. */
  end: string;
  words: string[];
}

const LONGEST_QUOTE = 60;

/** The passage, shortened to its two ends. */
export function markedOf(passage: string, words: string[]): Marked {
  const flat = passage.replace(/\s+/g, " ").trim();
  if (flat.length <= 2 * LONGEST_QUOTE) return { start: flat, end: "", words };
  const start = flat.slice(0, LONGEST_QUOTE);
  const end = flat.slice(-LONGEST_QUOTE);
  // Half a word at an end would still be found; half of a character made of two units would not.
  return {
    start: start.slice(0, start.lastIndexOf(" ") + 1 || -1),
    end: end.slice(end.indexOf(" ") + 1 || 1),
    words,
  };
}

/** The page's address with the anchor (none when empty) and the passage behind its `#`. */
export function addressOf(page: string, anchor: string, marked?: Marked): string {
  const fragment = encodeURIComponent(anchor);
  if (!marked?.start) return page + (fragment && `#${fragment}`);
  const carried = new URLSearchParams([["mark", marked.start]]);
  if (marked.end) carried.append("to", marked.end);
  for (const word of marked.words) carried.append("word", word);
  return `${page}#${fragment}?${carried}`;
}

/** What `addressOf` put behind the `#`; undefined when there is no passage. */
export function readMarked(hash: string): { fragment: string; marked: Marked } | undefined {
  const place = hash.indexOf("?");
  if (place < 0) return undefined;
  const carried = new URLSearchParams(hash.slice(place + 1));
  const start = carried.get("mark");
  if (!start) return undefined;
  const marked = { start, end: carried.get("to") ?? "", words: carried.getAll("word") };
  return { fragment: hash.slice(1, place), marked };
}

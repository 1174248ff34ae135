// How an address carries a passage from the search box to the page that marks it.
//
//     sea/Tides.html#spring-tides?mark=When%20the%20moon&to=every%20fortnight.&word=moon
//
// Behind the `#`, because a browser sends no host what stands there, and what was searched for is nobody else's
// business. An anchor holds no bare `?`. Storage cannot carry it: at file:// Firefox gives each file its own.

/** A passage as it is looked for in its page: how it begins and ends, and the words in it that were searched for. */
export interface TextFragment {
  start: string;
  /** Empty when `start` is the whole passage. */
  end: string;
  words: string[];
}

const MAX_QUOTE_LENGTH = 60;

/** The passage, shortened to its two ends. */
export function fragmentOf(passage: string, words: string[]): TextFragment {
  const flat = passage.replace(/\s+/g, " ").trim();
  if (flat.length <= 2 * MAX_QUOTE_LENGTH) return { start: flat, end: "", words };
  const start = flat.slice(0, MAX_QUOTE_LENGTH);
  const end = flat.slice(-MAX_QUOTE_LENGTH);
  // Half a word at an end would still be found; half of a character made of two units would not.
  return {
    start: start.slice(0, start.lastIndexOf(" ") + 1 || -1),
    end: end.slice(end.indexOf(" ") + 1 || 1),
    words,
  };
}

/** The page's address with the anchor (none when empty) and the passage behind its `#`. */
export function addressOf(page: string, anchor: string, fragment?: TextFragment): string {
  const encoded = encodeURIComponent(anchor);
  if (!fragment?.start) return page + (encoded && `#${encoded}`);
  const carried = new URLSearchParams([["mark", fragment.start]]);
  if (fragment.end) carried.append("to", fragment.end);
  for (const word of fragment.words) carried.append("word", word);
  return `${page}#${encoded}?${carried}`;
}

/** What `addressOf` put behind the `#`; undefined when there is no passage. */
export function readFragment(hash: string): { anchor: string; fragment: TextFragment } | undefined {
  const place = hash.indexOf("?");
  if (place < 0) return undefined;
  const carried = new URLSearchParams(hash.slice(place + 1));
  const start = carried.get("mark");
  if (!start) return undefined;
  const fragment = { start, end: carried.get("to") ?? "", words: carried.getAll("word") };
  return { anchor: hash.slice(1, place), fragment };
}

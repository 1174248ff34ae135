// The part of a passage that shows why it was found; notegen/search/snippet.py is the same in Python.

import type { Rules } from "./rules.ts";
import type { Stems } from "./stems.ts";
import { type QueryTerm, tokenSpans } from "./tokens.ts";
import { writtenForms } from "./written-forms.ts";

/** Plain text in one line, and the words to mark: `text.slice(start, end)`, ascending. */
interface Snippet {
  text: string;
  marks: [number, number][];
}

/** The end of a paragraph, with the sign after which words go on; notegen/text/one_line.py has the same. */
const PARAGRAPH_END = /([.!?…:;,–—。！？：；，、؟؛،।۔]["'”’»)\]}›」』）]*)?\n/g;

interface Match {
  start: number;
  end: number;
  words: Set<string>;
}

/** The first stretch of the passage that holds the most of the query's words; its beginning when it holds none. */
export function cutSnippet(text: string, terms: QueryTerm[], stems: Stems, rules: Rules): Snippet {
  const flat = text.replace(PARAGRAPH_END, (_, sign?: string) => (sign ? `${sign} ` : " · "));
  const matches = findMatches(flat, terms, stems, rules);
  let start = startOf(matches, rules);
  let end = Math.min(flat.length, start + rules.maxSnippetLength);
  const earliest = end - rules.maxSnippetLength - rules.maxWordStartShift;
  while (start && !/\s/.test(flat[start - 1] as string) && start > earliest) start -= 1;
  if (end < flat.length) end = wordEnd(flat, end, rules);
  const head = start ? "…" : "";
  const shift = head.length - start;
  return {
    text: head + flat.slice(start, end) + (end < flat.length ? "…" : ""),
    marks: join(matches.filter((match) => start <= match.start && match.end <= end)).map(([a, b]) => [
      a + shift,
      b + shift,
    ]),
  };
}

/** Where a text holds words of the query, as an excerpt marks them. */
export function marksOf(text: string, terms: QueryTerm[], stems: Stems, rules: Rules): [number, number][] {
  return join(findMatches(text, terms, stems, rules));
}

/** Where the query's words stand in a text, in any of their forms, ascending. */
function findMatches(text: string, terms: QueryTerm[], stems: Stems, rules: Rules): Match[] {
  const stemsOfTerms = terms.map((word) => new Set(stems.stemsOf(word.token)));
  const matches: Match[] = [];
  const written = writtenForms(text, rules).map(({ form, start, end }) => ({
    token: { form, lower: form },
    start,
    end,
  }));
  const spans = [...tokenSpans(text, rules), ...written].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const { token, start, end } of spans) {
    const own = stems.stemsOf(token);
    terms.forEach(({ token: { form }, prefix }, i) => {
      if (!(prefix && token.form.startsWith(prefix)) && !own.some((stem) => stemsOfTerms[i]?.has(stem)))
        return;
      const last = matches[matches.length - 1];
      if (last?.start === start && last.end === end) last.words.add(form);
      else matches.push({ start, end, words: new Set([form]) });
    });
  }
  return matches;
}

/** The matches, those that touch as one: pairs of characters overlap. */
function join(matches: Match[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const { start, end } of matches) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
    else joined.push([start, end]);
  }
  return joined;
}

function startOf(matches: Match[], { maxSnippetLead, maxSnippetLength }: Rules): number {
  let best = 0;
  let found = 0;
  matches.forEach(({ start }, index) => {
    const seen = new Set<string>();
    for (const match of matches.slice(index)) {
      if (match.end > start - maxSnippetLead + maxSnippetLength) break;
      for (const word of match.words) seen.add(word);
    }
    if (seen.size > found) {
      best = Math.max(0, start - maxSnippetLead);
      found = seen.size;
    }
  });
  return best;
}

function wordEnd(text: string, end: number, { maxWordEndShift }: Rules): number {
  const space = text.lastIndexOf(" ", end - 1);
  return space > end - maxWordEndShift ? space : end;
}

// The best passages as Markdown, to be pasted into a chat or a note of one's own.

import type { Hit } from "../../lib/namespace.ts";
import { addressOf } from "../../lib/text-fragment.ts";
import { translate } from "../../messages/search.ts";

/** As many passages as a chat reads well; those after them seldom answer. */
const MAX_PASSAGES = 5;

/**
 * The question, then each hit's title with its address, heading, day and whole passage, quoted.
 *
 * @param home the address of the site's root; one on a disk stays out of the text, whose addresses count from the root
 */
export function contextOf(question: string, hits: Hit[], home: string): { text: string; passages: number } {
  const shown = hits.slice(0, MAX_PASSAGES);
  const base = /^https?:/.test(home) ? home : "";
  const parts = shown.map((hit) => {
    const address = addressOf(base + hit.url.split("/").map(encodeURIComponent).join("/"), hit.anchor);
    const heading = hit.heading && hit.heading !== hit.title ? ` › ${literal(hit.heading)}` : "";
    // Round brackets are the one thing in an address that ends a link.
    const link = `[${literal(hit.title)}](${address.replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29"))})`;
    return `## ${link}${heading}\n\n${hit.date}\n\n${quote(hit.passage)}`;
  });
  return {
    text: `${[translate("question", { question: question.trim() }), translate("from_notes"), ...parts].join("\n\n")}\n`,
    passages: shown.length,
  };
}

function literal(text: string): string {
  return text.replace(/[\\[\]*_`<>]/g, "\\$&");
}

function quote(passage: string): string {
  return passage
    .split("\n")
    .map((paragraph) => `> ${paragraph}`)
    .join("\n>\n");
}

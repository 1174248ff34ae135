// What the search box shows: a hit, and what to say when there is none.

import type { Hit } from "./search.ts";

const REASONS = { words: "its words", meaning: "its meaning", "words and meaning": "its words and meaning" };

/** A hit as an option of the list. */
export function optionOf(hit: Hit, id: string, home: string): HTMLElement {
  const option = element("div", "ns-hit");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.url = hit.url;
  const link = element("a", "ns-link");
  link.setAttribute("href", addressOf(hit, home));
  link.tabIndex = -1;
  const title = element("span", "ns-title", hit.title);
  if (hit.heading && hit.heading !== hit.title) title.append(element("span", "ns-heading", hit.heading));
  const foot = element("span", "ns-why");
  const time = element("time", "", hit.date);
  time.setAttribute("datetime", hit.date);
  foot.append(time, ` · found by ${REASONS[hit.why]}`);
  link.append(title, marked(hit), foot);
  option.append(link);
  return option;
}

/** What an empty box says. */
export function emptyState(): HTMLElement {
  return element("p", "ns-hint", "Type a word of the note, or say in your own words what it is about.");
}

/** What a question without an answer says. */
export function noHits(text: string): HTMLElement {
  return element("p", "ns-hint", `No note answers “${text}”. Try fewer words, or others.`);
}

/** What a search that could not load its index says. */
export function showError(): HTMLElement {
  return element("p", "ns-hint", "The search index did not load. Type again to try once more.");
}

function addressOf(hit: Hit, home: string): string {
  const path = hit.url.split("/").map(encodeURIComponent).join("/");
  return home + path + (hit.anchor ? `#${encodeURIComponent(hit.anchor)}` : "");
}

function marked({ excerpt, marks }: Hit): HTMLElement {
  const text = element("span", "ns-excerpt");
  let place = 0;
  for (const [start, end] of marks) {
    text.append(excerpt.slice(place, start), element("mark", "", excerpt.slice(start, end)));
    place = end;
  }
  text.append(excerpt.slice(place));
  return text;
}

function element(tag: string, name: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

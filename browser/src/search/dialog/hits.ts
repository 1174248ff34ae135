// What the search box lists: hits, other questions to ask, and what to say when there are none.

import { element } from "../../lib/dom.ts";
import type { Hit, Why } from "../../lib/namespace.ts";
import type { NamedNote } from "../../lib/opened.ts";
import { addressIn } from "../../lib/site-urls.ts";
import { addressOf, fragmentOf, type TextFragment } from "../../lib/text-fragment.ts";
import { dayWords } from "../../messages/i18n.ts";
import { translate } from "../../messages/search.ts";

/** Another question that an option of the list asks. */
export interface Question {
  /** What goes into the field. */
  text: string;
  label: string;
  /** Why one would ask it; may be empty. */
  reason: string;
}

// The sign tells the two apart where a badge is only glanced at; the words are what counts.
const SIGNS = { words: "Aa", meaning: "≈", "words and meaning": "Aa ≈", filters: "#" } satisfies Record<
  Why,
  string
>;

/** A hit as an option of the list: a link that leads to the passage, and carries it. An option may hold no link. */
export function optionOf(hit: Hit, home: string): HTMLElement {
  const link = noteLink("ns-hit", hit.url, home, hit.anchor, carried(hit));
  const title = marked("ns-title", hit.title, hit.titleMarks);
  if (hit.heading && hit.heading !== hit.title) {
    const heading = marked("ns-heading", hit.heading, hit.headingMarks);
    heading.prepend(" › ");
    title.append(heading);
  }
  const below = foot(hit);
  below.append(badge(hit.why));
  link.append(title, marked("ns-excerpt", hit.excerpt, hit.marks), below);
  return link;
}

/** The other headings of a hit's note that answer, each an option that leads there. */
export function sectionOptions({ url, title, sections }: Hit, home: string): HTMLElement[] {
  return sections
    .filter(({ heading }) => heading !== title)
    .map(({ anchor, heading }) => {
      const link = noteLink("ns-section", url, home, anchor);
      link.dataset.url = `${url}#${anchor}`;
      link.append(element("span", "visually-hidden", `${title} › `), heading);
      return link;
    });
}

/** A note by its name, as an option of the list. */
export function noteOption({ title, url, date }: NamedNote, home: string): HTMLElement {
  const link = noteLink("ns-hit ns-named", url, home);
  link.append(element("span", "ns-title", title), foot({ url, date, tags: [] }));
  return link;
}

/** Another question as an option of the list. */
export function questionOption({ text, label, reason }: Question): HTMLElement {
  const option = optionElement("div", "ns-suggestion");
  option.dataset.text = text;
  option.append(element("span", "ns-label", label));
  if (reason) option.append(element("span", "ns-reason", reason));
  return option;
}

/** Options under a name of their own; `id` is the name's. */
export function group(id: string, name: string, options: HTMLElement[]): HTMLElement {
  const made = element("div", "ns-group");
  const title = element("div", "ns-group-name", name);
  title.id = id;
  made.setAttribute("role", "group");
  made.setAttribute("aria-labelledby", id);
  made.append(title, ...options);
  return made;
}

/** A sentence in place of hits. */
export function hint(text: string): HTMLElement {
  return element("p", "ns-hint", text);
}

function optionElement<Tag extends "a" | "div">(tag: Tag, name: string): HTMLElementTagNameMap[Tag] {
  const option = element(tag, `ns-option ${name}`);
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  return option;
}

function noteLink(
  name: string,
  url: string,
  home: string,
  anchor = "",
  carries?: TextFragment,
): HTMLAnchorElement {
  const link = optionElement("a", name);
  link.dataset.url = url;
  link.href = addressOf(addressIn(home, url), anchor, carries);
  link.tabIndex = -1;
  return link;
}

/** So many tags of a note are shown. */
const MAX_TAGS = 3;

/** A note's day, where it lies, and its tags. */
function foot({ url, date, tags }: Pick<Hit, "url" | "date" | "tags">): HTMLElement {
  const made = element("span", "ns-why");
  if (date) {
    const time = element("time", "", dayWords(date, "all"));
    time.dateTime = date;
    made.append(time);
  }
  const folder = folderOf(url).join(" / ");
  if (folder) made.append(element("span", "ns-place", folder));
  made.append(...tags.slice(0, MAX_TAGS).map((tag) => element("span", "ns-place", `#${tag}`)));
  return made;
}

/** The folders that a note lies in, without those that hold all of the garden. */
function folderOf(url: string): string[] {
  const top = document.querySelector<HTMLElement>("script[data-top]")?.dataset.top ?? "";
  return (url.startsWith(`${top}/`) ? url.slice(top.length + 1) : url).split("/").slice(0, -1);
}

function badge(why: Why): HTMLElement {
  const made = element("span", "ns-badge");
  made.dataset.why = why;
  const sign = element("span", "ns-icon", SIGNS[why]);
  sign.setAttribute("aria-hidden", "true");
  // Only the reason is seen; what is around it is read aloud.
  const [before = "", after = ""] = translate("found_by", { why: "\n" }).split("\n");
  made.append(
    sign,
    element("span", "visually-hidden", before),
    reasonOf(why),
    element("span", "visually-hidden", after),
  );
  return made;
}

/** How a hit was found, in words that are shown. */
function reasonOf(why: Why): string {
  switch (why) {
    case "words":
      return translate("words");
    case "meaning":
      return translate("meaning");
    case "words and meaning":
      return translate("both");
    case "filters":
      return translate("filters_only");
  }
}

/** The passage with the words that are marked in the excerpt. */
function carried({ passage, excerpt, marks }: Hit) {
  const words = new Set(marks.map(([start, end]) => excerpt.slice(start, end).toLowerCase()));
  return fragmentOf(passage, Array.from(words));
}

function marked(name: string, text: string, marks: Hit["marks"]): HTMLElement {
  const made = element("span", name);
  let place = 0;
  for (const [start, end] of marks) {
    made.append(text.slice(place, start), element("mark", "", text.slice(start, end)));
    place = end;
  }
  made.append(text.slice(place));
  return made;
}

// On the home page: the notes of other years that are of the reader's day. Only the reader's clock knows which day it is.

import { element } from "./lib/dom.ts";
import { loadAdded } from "./lib/load-script.ts";
import { dayWords, numeral } from "./messages/i18n.ts";
import { translate } from "./messages/today.ts";

/** By day of the month, each note's year, title and address. */
type Days = Record<string, [number, string, string][]>;

const MAX_NOTES = 8;

async function showToday(section: HTMLElement): Promise<void> {
  const today = new Date();
  const months: Record<string, string> = JSON.parse(section.dataset.days ?? "{}");
  const script = months[today.getMonth() + 1];
  if (!script) return;
  const days = await loadAdded<Days>(new URL(script, document.baseURI).href, "days");
  const notes = (days[today.getDate()] ?? []).filter(([year]) => year !== today.getFullYear());
  if (notes.length === 0) return;
  const list = element("ul");
  for (const [year, title, address] of notes.slice(0, MAX_NOTES)) {
    const item = element("li");
    const link = element("a", "", title);
    link.href = address;
    item.append(element("span", "", numeral(year)), link);
    list.append(item);
  }
  const midnight = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
  const day = translate("day", { day: dayWords(midnight, "in year") });
  section.querySelector("h2")?.append(element("span", "muted", day));
  section.append(list);
  section.hidden = false;
}

const section = document.querySelector<HTMLElement>("[data-days]");
// A month's script that is not there costs these few links, nothing else.
if (section) showToday(section).catch(() => undefined);

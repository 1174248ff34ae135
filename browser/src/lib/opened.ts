// The notes that the reader opened last, kept by the browser for the search box.

import { urlHere } from "./site-urls.ts";
import { store, stored } from "./storage.ts";

const MAX_OPENED = 8;

/** A note, as the search box names it. `url` counts from the site's root and is not percent-encoded. */
export interface NamedNote {
  title: string;
  url: string;
  /** The note's day, `2024-09-25`. */
  date: string;
}

/** The notes that were opened, the latest first. At file:// one storage may be for all sites of a disk. */
export function openedNotes(home: string): NamedNote[] {
  try {
    const kept: unknown = JSON.parse(stored(keyOf(home)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isNote).slice(0, MAX_OPENED) : [];
  } catch {
    return [];
  }
}

/** Puts the page that is open first, if it shows a note. */
export function keepOpened(home: string): void {
  const title = document.querySelector(".note-page h1")?.textContent?.trim();
  const url = urlHere(home);
  if (!title || url === undefined) return;
  const date = document.querySelector<HTMLTimeElement>(".note-page .meta time")?.dateTime.slice(0, 10) ?? "";
  const others = openedNotes(home).filter((note) => note.url !== url);
  store(keyOf(home), JSON.stringify([{ title, url, date }, ...others].slice(0, MAX_OPENED)));
}

/** Forgets all of them. */
export function forgetOpened(home: string): void {
  store(keyOf(home), undefined);
}

function keyOf(home: string): string {
  return `notegen-opened ${home}`;
}

function isNote(kept: unknown): kept is NamedNote {
  const note = kept as NamedNote | null;
  return [note?.title, note?.url, note?.date].every((part) => typeof part === "string");
}

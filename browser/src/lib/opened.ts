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
  /** Of a long note, the anchor of the section that was being read when it was left. */
  place?: string;
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
  const known = openedNotes(home);
  const place = known.find((note) => note.url === url)?.place;
  const others = known.filter((note) => note.url !== url);
  store(keyOf(home), JSON.stringify([{ title, url, date, place }, ...others].slice(0, MAX_OPENED)));
}

/** The place that is kept for the page that is open; undefined where it shows no note among those opened last. */
export function placeHere(home: string): string | undefined {
  const url = urlHere(home);
  return openedNotes(home).find((note) => note.url === url)?.place;
}

/** Keeps a place for the page that is open, as long as its note is among those opened last; undefined forgets it. */
export function keepPlace(home: string, place: string | undefined): void {
  const url = urlHere(home);
  const notes = openedNotes(home);
  if (!notes.some((note) => note.url === url)) return;
  store(keyOf(home), JSON.stringify(notes.map((note) => (note.url === url ? { ...note, place } : note))));
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
  const { place = "" } = note ?? {};
  return [note?.title, note?.url, note?.date, place].every((part) => typeof part === "string");
}

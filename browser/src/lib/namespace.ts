// `window.notegen`: the function that a page offers to everybody, and where its own scripts and data meet.

/** How to search: at most `limit` hits (10); `wordsOnly` leaves meaning out. */
export interface SearchOptions {
  limit?: number;
  wordsOnly?: boolean;
}

/** What brought a note; filters alone bring notes to a question that has nothing else. */
export type Why = "words" | "meaning" | "words and meaning" | "filters";

/** A note that answers a query, by its best passage. */
export interface Hit {
  /** The note's page, from the site's root, not percent-encoded. */
  url: string;
  /** Where in the page the passage begins; empty for its top. */
  anchor: string;
  title: string;
  /** The query's words in the title, as `marks` in the excerpt. */
  titleMarks: [start: number, end: number][];
  /** The heading above the passage; empty when there is none. */
  heading: string;
  /** The query's words in the heading, likewise. */
  headingMarks: [start: number, end: number][];
  /** The note's day, `2024-09-25`. */
  date: string;
  tags: string[];
  /** Other headings of the note below which the words stand, in order. */
  sections: { anchor: string; heading: string }[];
  /** The whole passage as plain text, its paragraphs separated by newlines. */
  passage: string;
  /** The part of it around what was found, in one line. */
  excerpt: string;
  /** The query's words in the excerpt: `excerpt.slice(start, end)`, ascending. */
  marks: [start: number, end: number][];
  /** 0 to 1, comparable within one query only. */
  score: number;
  why: Why;
}

/** What a query gave and cost: characters and number of the scripts it loaded, milliseconds. */
export interface SearchResult {
  hits: Hit[];
  /** Where there are no hits, the notes that are nearest in meaning, though not near: at most three. */
  far: Hit[];
  /** The query's words that no note has, each with those that were looked for instead. */
  corrected: { typed: string; used: string[] }[];
  /** The query's quotations that no note says, whose words were looked for instead. */
  unquoted: string[];
  stats: { bytes: number; requests: number; ms: number };
}

/** A message, or where it counts something its form for each plural category of the language. */
export type Message = string | PluralForms;

type PluralForms = { readonly other: string } & {
  readonly [category in Intl.LDMLPluralRule]?: string;
};

/** The search dialog before it can search. */
export interface SearchShell {
  dialog: HTMLDialogElement;
  body: HTMLElement;
  head: HTMLElement;
  input: HTMLInputElement;
  /** Makes the element say that the site has changed since the page was opened. */
  sayChanged(place: HTMLElement): void;
}

/** What search.js adds as `search`; it takes the addresses of the script that points at the search index and of the site's root. */
export type MakeSearch = (
  pointer: string,
  home: string,
) => {
  search(text: unknown, options?: unknown): Promise<SearchResult>;
  /** Makes the dialog search, or search again. */
  open(shell: SearchShell): void;
};

/**
 * What enhancements.js adds as `enhancements`; it takes the address of the site's root, what the page says of its pieces,
 * and who is told when one of them did not load.
 */
export type MakeEnhancements = (
  home: string,
  page: { pieces: string; folders: boolean },
  onLost: () => void,
) => Enhancements;

export interface Enhancements {
  /** Shows beside a link what it leads to, unless `signal` ends it before that is known; `announced` also says it. */
  preview(link: Element, signal: AbortSignal, announced: boolean): Promise<void>;
  /** Opens a note by chance. */
  openRandom(): Promise<void>;
  showShortcuts(): void;
  /** Offers to keep everything for reading offline. */
  showOffline(): void;
  openLightbox(picture: HTMLImageElement): void;
  /** Opens or closes the folders. */
  toggleFolders(): Promise<void>;
  /** Opens the folders where the reader left them open. */
  reopenFolders(): Promise<void>;
}

/** What unlock.js adds as `unlock`; it takes the address of the site's root, and its salt with the number of rounds. */
export type MakeUnlocker = (home: string, locked: string) => Unlocker;

export interface Unlocker {
  /** Unlocks with the key that another page has kept. Gives whether this page is being written anew, decrypted. */
  resume(): Promise<boolean>;
  /** Asks for the password. */
  ask(): void;
  /** Forgets the key. */
  lock(): void;
}

/** What a page has of the encrypted part of the site once that is unlocked. */
interface Unlocked {
  /** What the scripts of the page are to know, in place of what the page's own tag says. */
  data: Record<string, string>;
  /** What scripts add that the page as it was written would load, and that are encrypted. */
  brought: [name: string, content: unknown][];
  /** What the script at an address would add under a name; undefined where it is not encrypted. */
  bring(address: string, name: string): Promise<unknown>;
  /** Shows the encrypted pictures of the page, and saves a file whose link is followed. */
  showFiles(): void;
}

export interface Notegen {
  /**
   * For everybody: the best notes for a question; only where the site has a search index. What is no text asks for
   * nothing, and an option that cannot be used is as if it were not there.
   */
  search?(text: string, options?: SearchOptions): Promise<SearchResult>;

  // What follows is between the scripts of one build, and may change with any version.

  /** What a script of data calls with its content, and a script that was loaded with what it makes. */
  add(name: string, content: unknown): void;
  /** What was added under the name, once; throws when nothing was. */
  take(name: string): unknown;
  /** The encrypted part of the site, once it is unlocked; it outlives the document. */
  unlocked?: Unlocked;
  /** By script, its messages that are not the English ones; notegen/theme.py writes it. */
  messages?: Record<string, Record<string, Message>>;
}

declare global {
  interface Window {
    notegen: Notegen;
  }
}

/** Makes the namespace of the page; notegen.js does, before anything is added. Messages may be there already. */
export function makeNamespace(): Notegen {
  const added = new Map<string, unknown>();
  window.notegen = {
    ...window.notegen,
    add: (name, content) => void added.set(name, content),
    take(name) {
      if (!added.has(name)) throw new Error(`no script has brought ${name}`);
      const content = added.get(name);
      added.delete(name);
      return content;
    },
  };
  return window.notegen;
}

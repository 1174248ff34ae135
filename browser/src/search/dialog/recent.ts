// The questions whose answers were opened, kept by the browser for the next time.

const MAX_RECENT = 8;

/** The part of `localStorage` that is used here. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The recent questions of one site. */
export class Recents {
  private readonly key: string;

  /**
   * @param home the address of the site's root: at file:// one storage is for all sites of a disk
   * @param store gives the storage; reading `localStorage` throws where a browser refuses it
   */
  constructor(
    home: string,
    private readonly store: () => Store = () => localStorage,
  ) {
    this.key = `notegen-recent ${home}`;
  }

  /** The questions, the latest first. */
  list(): string[] {
    try {
      const kept: unknown = JSON.parse(this.store().getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MAX_RECENT) : [];
    } catch {
      return [];
    }
  }

  /** Puts the question first; of two that differ in case or spaces only, the later one is kept. */
  keep(question: string): void {
    const text = question.trim();
    if (!text) return;
    const others = this.list().filter((one) => fold(one) !== fold(text));
    this.write([text, ...others].slice(0, MAX_RECENT));
  }

  forget(): void {
    this.write([]);
  }

  private write(questions: string[]): void {
    try {
      if (questions.length > 0) this.store().setItem(this.key, JSON.stringify(questions));
      else this.store().removeItem(this.key);
    } catch {
      // Refused or full: the box works without.
    }
  }
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").toLowerCase();
}

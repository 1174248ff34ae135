// When two words are the same but for their endings; notegen/text/stems.py is the same in Python and gives the
// reasons. hatch_build.py writes the stemmers.

import type { ShardSource } from "../../lib/shards.ts";
import { hebrewStems } from "./hebrew.ts";
import type { TokenRules } from "./rules.ts";
import { american } from "./spellings.ts";
import { fold, isNoSpaceScript, singular, type Token, truncate } from "./tokens.ts";

type Stemmer = (word: string) => string;

/** A word's stem, and after it that of its other spelling. */
type Stemmers = (word: string) => string[];

/** The rules for the endings of a site's languages. */
export class Stems {
  private readonly known = new Map<string, string[]>();

  constructor(
    private readonly stemmers: Stemmers[],
    private readonly rules: TokenRules,
  ) {}

  /** Loads the stemmers with these names. */
  static async load(names: string[], shards: ShardSource, rules: TokenRules): Promise<Stems> {
    const load = async (name: string) => {
      if (name === "hebrew") return hebrewStems;
      const stem = (await shards.load<() => Stemmer>(`stem-${name}`))();
      return name === "english"
        ? (word: string) => [stem(singular(word)), stem(singular(american(word)))]
        : (word: string) => [stem(word)];
    };
    return new Stems(await Promise.all(names.map(load)), rules);
  }

  /** What the forms of one word have in common; the form itself where no rules are known. */
  stemsOf(token: Token): string[] {
    if (isNoSpaceScript(token.form) || this.stemmers.length === 0 || /[\ud800-\udfff]/.test(token.lower))
      return [token.form];
    const name = `${token.lower} ${token.form}`;
    let stems = this.known.get(name);
    if (!stems) {
      const found = this.stemmers.flatMap((stem) => [...stem(token.lower), ...stem(token.form)]);
      stems = Array.from(new Set(found.map((stem) => truncate(fold(stem), this.rules) || token.form)));
      this.known.set(name, stems);
    }
    return stems;
  }
}

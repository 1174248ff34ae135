// The stemmers as hatch_build.py built them, for tests.

import { readFileSync } from "node:fs";
import type { ShardSource } from "../../../src/lib/shards.ts";

/** What a script of the search index brings. */
export function contentOf<Content>(script: string): Content {
  let content: unknown;
  new Function("notegen", script)({
    add: (_name: string, brought: unknown) => {
      content = brought;
    },
  });
  return content as Content;
}

/** The script of a stemmer, a piece of an index. */
export function stemmerScript(name: string): string {
  return readFileSync(`dist/stemmers/${name.replace("stem-", "")}.js`, "utf8");
}

/** The stemmers as pieces of an index. */
export class BuiltStemmers implements ShardSource {
  async load<Content>(name: string): Promise<Content> {
    return contentOf(stemmerScript(name));
  }
}

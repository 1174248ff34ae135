// Recent questions, in a storage that may be missing, full or somebody else's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Recents, type Store } from "../../../src/search/dialog/recent.ts";

class Memory implements Store {
  readonly kept = new Map<string, string>();
  getItem(key: string) {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.kept.set(key, value);
  }
  removeItem(key: string) {
    this.kept.delete(key);
  }
}

test("the latest comes first, each question once, eight of them", () => {
  const recents = new Recents("file:///site/", () => store);
  const store = new Memory();
  for (const text of ["a", "b", "c", "d", "e", "f", "g", "h", "i", " C ", ""]) recents.keep(text);
  assert.deepEqual(recents.list(), ["C", "i", "h", "g", "f", "e", "d", "b"]);
});

test("sites of one disk do not see each other's", () => {
  const store = new Memory();
  new Recents("file:///one/", () => store).keep("a");
  assert.deepEqual(new Recents("file:///two/", () => store).list(), []);
});

test("nothing is left after clearing", () => {
  const store = new Memory();
  const recents = new Recents("x", () => store);
  recents.keep("a");
  recents.forget();
  assert.deepEqual([recents.list(), store.kept.size], [[], 0]);
});

test("a storage that is refused or holds something else is as good as empty", () => {
  const refused = new Recents("x", () => {
    throw new Error("SecurityError");
  });
  refused.keep("a");
  assert.deepEqual(refused.list(), []);
  const store = new Memory();
  const recents = new Recents("x", () => store);
  for (const other of ["{", "{}", "null", '[1,"a"]']) {
    store.setItem("notegen-recent x", other);
    assert.deepEqual(recents.list(), other.includes("a") ? ["a"] : []);
  }
});

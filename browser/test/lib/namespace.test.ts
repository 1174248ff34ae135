// Scripts of a page find what others have added.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { makeNamespace } from "../../src/lib/namespace.ts";

beforeEach(() => Object.assign(globalThis, { window: {} }));
afterEach(() => void Reflect.deleteProperty(globalThis, "window"));

test("what was added is taken once", () => {
  const { add, take } = makeNamespace();
  add("w0", "words");
  add("graph", "points");
  assert.deepEqual([take("w0"), take("graph")], ["words", "points"]);
  assert.throws(() => take("w0"), { message: "no script has brought w0" });
});

test("messages that were there before the script of every page stay", () => {
  const messages = { search: { more: "Visa fler" } };
  Object.assign(window, { notegen: { messages } });
  makeNamespace();
  assert.equal(window.notegen.messages, messages);
});

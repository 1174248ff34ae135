// Scripts and data of a page find each other in whatever order they come.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { makeNamespace } from "../../src/lib/namespace.ts";

beforeEach(() => Object.assign(globalThis, { window: {} }));
afterEach(() => void Reflect.deleteProperty(globalThis, "window"));

test("data is drawn whether it comes before its script or after, and each time", () => {
  const { add, whenAdded } = makeNamespace();
  const drawn: string[] = [];
  add("graph", "before");
  whenAdded("graph", (data: string) => drawn.push(data));
  add("graph", "after");
  add("map", "another");
  assert.deepEqual(drawn, ["before", "after"]);
});

test("what was added is taken once", () => {
  const { add, take } = makeNamespace();
  add("w0", "words");
  assert.equal(take("w0"), "words");
  assert.throws(() => take("w0"), { message: "no script has brought w0" });
});

test("messages that were there before the script of every page stay", () => {
  const messages = { search: { more: "Visa fler" } };
  Object.assign(window, { notegen: { messages } });
  makeNamespace();
  assert.equal(window.notegen.messages, messages);
});

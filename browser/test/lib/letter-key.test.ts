// A shortcut is found on every keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { letterOf } from "../../src/lib/letter-key.ts";

const pressed = (key: string, code: string, more: Partial<KeyboardEvent> = {}) =>
  letterOf({ key, code, shiftKey: false, isComposing: false, ...more } as KeyboardEvent);

test("a Latin letter is what it types, wherever it stands", () => {
  assert.equal(pressed("k", "KeyK"), "k");
  assert.equal(pressed("k", "KeyV"), "k"); // Dvorak
  assert.equal(pressed("K", "KeyK"), "K");
  assert.equal(pressed("/", "KeyQ"), "/"); // Hebrew
  assert.equal(pressed("?", "Minus"), "?"); // German
  assert.equal(pressed("ArrowLeft", "ArrowLeft"), "ArrowLeft");
});

test("any other letter is the Latin one in its place", () => {
  assert.equal(pressed("л", "KeyK"), "k"); // Russian
  assert.equal(pressed("κ", "KeyK"), "k"); // Greek
  assert.equal(pressed("ל", "KeyK"), "k"); // Hebrew
  assert.equal(pressed("ن", "KeyK"), "k"); // Arabic
  assert.equal(pressed("لا", "KeyB"), "b"); // Arabic, two letters
  assert.equal(pressed("ㅏ", "KeyK"), "k"); // Korean
  assert.equal(pressed("С", "KeyC", { shiftKey: true }), "C");
});

test("a sign that stands on no letter's key, and a word under way, are none", () => {
  assert.equal(pressed("ё", "Backquote"), "");
  assert.equal(pressed("к", "KeyK", { isComposing: true }), "");
});

// Which file has a note's preview: as in tests/render/parts/test_previews.py.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shardOf } from "../../src/enhancements/previews.ts";

test("the file of a note is found by its address alone", () => {
  assert.equal(shardOf("index.html", 7), 3);
  assert.equal(shardOf("coast/Old-quay.html", 1000), 129);
  assert.equal(shardOf("東京.html", 97), 89);
});

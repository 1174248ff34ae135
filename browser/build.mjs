// Bundles the page's code, or with --tests its unit tests.
//
// The page's code becomes one classic script: a page opened from file:// may load no module, no fetch and no worker file.

import { glob, rm } from "node:fs/promises";
import { build } from "esbuild";

/**
 * Every script a page can ask for: `notegen.js` is in each page, `search.js` comes with the first search and `enhancements.js`
 * with the first preview, key or large picture; `unlock.js` comes when encrypted notes are unlocked; `diagrams.js` is
 * in a page with diagrams, with Mermaid, which hatch_build.py puts beside it; `graph.js` is in the page of the graph,
 * `map.js` in that of the map and `today.js` in the home page; `reload.js` is added by `notegen serve`; `worker.js` becomes the service worker of a site that can be read
 * offline, and `retired.js` that of one that could be.
 */
const SCRIPTS = [
  { in: "src/main.ts", out: "notegen" },
  { in: "src/search.ts", out: "search" },
  { in: "src/enhancements.ts", out: "enhancements" },
  { in: "src/unlock.ts", out: "unlock" },
  { in: "src/diagrams.ts", out: "diagrams" },
  { in: "src/graph.ts", out: "graph" },
  { in: "src/map.ts", out: "map" },
  { in: "src/today.ts", out: "today" },
  { in: "src/reload.ts", out: "reload" },
  { in: "src/worker.ts", out: "worker" },
  { in: "src/retired.ts", out: "retired" },
];

const here = import.meta.dirname;

async function buildScripts() {
  await rm(`${here}/dist`, { recursive: true, force: true });
  await build({
    absWorkingDir: here,
    entryPoints: SCRIPTS,
    outdir: "dist",
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    logLevel: "warning",
  });
}

/** Node's own runner takes the bundles: nothing to install for it, and sources import each other as esbuild allows. */
async function buildTests() {
  await rm(`${here}/.tests`, { recursive: true, force: true });
  const tests = await Array.fromAsync(glob("test/**/*.test.ts", { cwd: here }));
  if (tests.length === 0) {
    throw new Error("no test in browser/test: a run of no tests would pass");
  }
  await build({
    absWorkingDir: here,
    entryPoints: tests,
    outdir: ".tests",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
  });
}

await (process.argv.includes("--tests") ? buildTests() : buildScripts());

// The service worker of a site that can be read offline: it keeps what was read, and on request everything.
//
// Pages come from the network whenever that answers, so that nobody reads an old one; what is named by its content comes
// from what is kept. notegen/render/offline.py puts before this script what the build has; any change of that is a new worker.

/** What the build has; notegen/render/offline.py writes it. */
interface Build {
  /** The list of all files with a digest of each, a line each. */
  list: string;
  /** What every page needs, and the page that opens the site. */
  core: string[];
  /** The folders of pieces that are named by their content. */
  folders: string[];
  files: number;
  bytes: number;
  /** What is said in place of a page that is not kept. */
  lost: { language: string; title: string; text: string; home: string };
}

/** The parts of a worker's own scope that are used here. */
interface WorkerScope {
  readonly notegenBuild: Build;
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate", act: (event: Lasting) => void): void;
  addEventListener(kind: "fetch", act: (event: Asked) => void): void;
  addEventListener(kind: "message", act: (event: Told) => void): void;
}

interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Lasting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface Told extends Lasting {
  readonly data: { ask: "state" | "keep" | "forget" };
  readonly ports: readonly MessagePort[];
}

/** What the worker tells a page; lib/offline.ts hears it. */
interface State {
  /** Whether everything is kept. */
  kept: boolean;
  files: number;
  bytes: number;
  /** Files that are kept already, while everything is being kept. */
  done?: number;
  failed?: boolean;
}

const worker = self as unknown as WorkerScope;
const build = worker.notegenBuild;
const home = worker.registration.scope;
const CACHE = `notegen ${home}`;
/** Under which the list lies of what is kept, where that is everything. */
const KEPT = `${home}?kept`;

/** Files that are loaded side by side. */
const AT_ONCE = 6;
/** Pages and pictures that are kept because they were read; the oldest go first. */
const MAX_READ = 500;
/** Of scripts and style sheets of earlier builds, which pages read then still need. */
const MAX_OLD = 40;
/** Of pieces of the search index that were asked for. */
const MAX_PIECES = 1000;
/** A larger file is kept only with everything. */
const MAX_READ_BYTES = 10_000_000;

const HASHED = /^notegen\/(?:[\w-]+\.[0-9a-f]{8}\.\w+|(?:previews|folders)\/[0-9a-f]{12}\/[^/]+)$/;

/** What a host answers where a file was. */
const GONE = new Set([404, 410]);

/** Pieces of the search index, which an edit may change; those of two builds may be mixed, as their names say. */
const PIECE = /^notegen\/search\//;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(prune().then(() => worker.clients.claim())));
worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith(home)) return;
  event.respondWith(HASHED.test(pathOf(url)) ? keptFirst(event) : networkFirst(event));
});
worker.addEventListener("message", (event) => event.waitUntil(answer(event)));

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await eachOf(build.core, (url) => bring(cache, url));
  // Who keeps everything has the new before the old worker goes.
  if (await cache.match(KEPT)) await keepAll(() => {});
  await worker.skipWaiting();
}

// -- what is asked for ---------------------------------------------------------------------------

async function keptFirst(event: Asked): Promise<Response> {
  const { request } = event;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(keysOf(request)[0] as string);
  if (kept) return kept;
  const response = await fetch(request);
  keepRead(event, cache, response);
  return response;
}

async function networkFirst(event: Asked): Promise<Response> {
  const { request } = event;
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (GONE.has(response.status)) forgetRead(event, cache);
    else keepRead(event, cache, response);
    return response;
  } catch (error) {
    // A script with a number behind it asks whether the host answers, and what it has now.
    if (request.destination === "script" && /^\?\d+$/.test(new URL(request.url).search)) throw error;
    for (const key of keysOf(request)) {
      const kept = await cache.match(key);
      if (kept) return kept;
    }
    if (request.mode === "navigate") return lostPage();
    throw error;
  }
}

/** Removes what the host has no more: its note may be private by now. */
function forgetRead(event: Asked, cache: Cache): void {
  event.waitUntil(Promise.all(keysOf(event.request).map((key) => cache.delete(key))));
}

/** Keeps a copy of an answer that is a whole file of the site. */
function keepRead(event: Asked, cache: Cache, response: Response): void {
  const { request } = event;
  const isWhole = response.status === 200 && response.type === "basic" && !request.headers.has("range");
  if (!isWhole || Number(response.headers.get("content-length")) > MAX_READ_BYTES) return;
  const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
  const [page, plain] = keysOf(request);
  const copy = response.clone();
  event.waitUntil(
    // There may be no room for it.
    cache.put((isPage ? page : (plain ?? page)) as string, copy).catch(() => {}),
  );
}

/** Under which a file may be kept, the likeliest first: hosts take `index.html` and `.html` out of addresses. */
function keysOf({ url, mode }: Request): string[] {
  const plain = url.replace(/[?#].*/, "");
  if (plain.endsWith("/")) return [`${plain}index.html`];
  return mode === "navigate" && !/\.html?$/i.test(plain) ? [`${plain}.html`, plain] : [plain];
}

function lostPage(): Response {
  const { language, title, text, home: first } = build.lost;
  const page = `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><body style="font:1.125rem/1.6 Georgia,serif;max-width:32rem;margin:4rem auto;padding:0 1rem"><h1>${title}</h1><p>${text}<p><a href="${home}index.html">${first}</a>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// -- everything ----------------------------------------------------------------------------------

async function answer(event: Told): Promise<void> {
  const [port] = event.ports;
  const cache = await caches.open(CACHE);
  const tell = (more: Partial<State>) =>
    port?.postMessage({ files: build.files, bytes: build.bytes, ...more });
  try {
    if (event.data.ask === "keep") await keepAll((done) => tell({ kept: false, done }));
    else if (event.data.ask === "forget") await forget(cache);
    tell({ kept: (await cache.match(KEPT)) !== undefined });
  } catch {
    tell({ kept: false, failed: true });
  }
}

/** Loads every file of the site that is not kept as it is now; `onDone` hears how many are. */
async function keepAll(onDone: (done: number) => void): Promise<void> {
  const cache = await caches.open(CACHE);
  const listed = await (await loaded(build.list)).text();
  const before = digestsOf((await (await cache.match(KEPT))?.text()) ?? "");
  const digests = digestsOf(listed);
  let done = 0;
  await eachOf(Array.from(digests.keys()), async (url) => {
    const isSame = HASHED.test(url) || before.get(url) === digests.get(url);
    if (!isSame || !(await cache.match(addressOf(url)))) await bring(cache, url, true);
    done += 1;
    onDone(done);
  });
  await cache.put(KEPT, new Response(listed));
}

async function forget(cache: Cache): Promise<void> {
  for (const request of await cache.keys()) await cache.delete(request);
  await eachOf(build.core, (url) => bring(cache, url));
}

/** Removes what belongs to no page that is kept. */
async function prune(): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(KEPT);
  const listed = kept && digestsOf(await kept.text());
  const old: Request[] = [];
  const read: Request[] = [];
  const pieces: Request[] = [];
  for (const request of await cache.keys()) {
    const path = decodeURIComponent(pathOf(request.url));
    if (request.url === KEPT || build.core.includes(path) || listed?.has(path)) continue;
    if (listed) await cache.delete(request);
    else if (PIECE.test(path)) pieces.push(request);
    else if (!HASHED.test(path)) read.push(request);
    else if (!path.slice("notegen/".length).includes("/")) old.push(request);
    else if (!build.folders.some((folder) => path.startsWith(folder))) await cache.delete(request);
  }
  const many = [...read.slice(0, -MAX_READ), ...old.slice(0, -MAX_OLD), ...pieces.slice(0, -MAX_PIECES)];
  for (const request of many) await cache.delete(request);
}

/** Keeps a file as the host has it now; what is named by its content only where it is not kept yet. */
async function bring(cache: Cache, url: string, anew = false): Promise<void> {
  const address = addressOf(url);
  if (!anew && HASHED.test(url) && (await cache.match(address))) return;
  const response = await loaded(url);
  // Without the way that it came, which a page may not have.
  const { status, headers } = response;
  await cache.put(address, new Response(await response.blob(), { status, headers }));
}

async function loaded(url: string): Promise<Response> {
  // The browser's own cache may have it from before the build.
  const response = await fetch(addressOf(url), { cache: HASHED.test(url) ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${url} is not there: ${response.status}`);
  return response;
}

/** The files of a list, each with its digest. */
function digestsOf(listed: string): Map<string, string> {
  const lines = listed.split("\n").filter(Boolean);
  return new Map(lines.map((line) => line.split("\t") as [string, string]));
}

function pathOf(address: string): string {
  return address.slice(home.length).replace(/[?#].*/, "");
}

function addressOf(url: string): string {
  return home + url.split("/").map(encodeURIComponent).join("/");
}

/** Does it for each, some at a time. */
async function eachOf(urls: string[], act: (url: string) => Promise<void>): Promise<void> {
  const waiting = [...urls];
  const work = async () => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) await act(url);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

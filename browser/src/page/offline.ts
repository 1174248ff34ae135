// Makes a site readable offline, and a program of its own on the reader's device, where its settings say so. Never at file://,
// where browsers have no service workers; on a host only over HTTPS.

import { retireWorker, WORKER } from "../lib/offline.ts";

const MANIFEST = "manifest.webmanifest";

/**
 * Starts the worker when the page is there, or makes an end of one that the site had before.
 *
 * @param worker where it is, from the site's root; undefined in a site without
 */
export function startOffline(home: string, worker: string | undefined): void {
  const serviceWorker = workers();
  if (!serviceWorker || !home.startsWith("http")) return;
  if (!worker) {
    if (serviceWorker.controller?.scriptURL === home + WORKER) void retireWorker(home).catch(() => {});
    return;
  }
  document.documentElement.dataset.offline = "";
  // Not in the page itself: at file:// a browser complains of one.
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = home + MANIFEST;
  document.head.append(manifest);
  const start = () => {
    // Refused by the browser, or no worker there: the site works as it does without.
    serviceWorker.register(home + worker, { scope: home, updateViaCache: "none" }).catch(() => {});
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

/** The browser's service workers; none where it has none, or may not tell, as in a frame that is a sandbox. */
function workers(): ServiceWorkerContainer | undefined {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

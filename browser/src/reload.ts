// Keeps a page of `notegen serve` at the latest build: reloads it where its reader is when it shows something else by
// now, takes other style sheets without that, says quietly what is still to come, and shows why when a build failed.
// The server adds this script to what it serves; a published site does not have it.

interface BuildStatus {
  /** What this page is to show; its own name where it shows that already. */
  build: string;
  /** The style sheets of this page by now, as it names them; none where that is not known. */
  styles?: string[];
  /** Why a later build failed, or empty. */
  failure: string;
  /** Whether this page is then from before the last change. */
  old?: boolean;
  /** What is still going on, in the site's language, or empty. */
  note?: string;
  /** Whether that is so, or has just ended. */
  working?: boolean;
}

const STATUS_STREAM = "/.notegen/status";
const PLACE_KEY = "notegen:place";
const WORKING_KEY = "notegen:working";
/** Milliseconds for which a page says that all is done. */
const SHOWN_DONE = 4000;

const shown = document.currentScript?.dataset.build ?? "";

let stream: EventSource | undefined;
let panel: HTMLElement | undefined;
let line: HTMLElement | undefined;
let fading = 0;

function follow(): void {
  stream?.close();
  stream = undefined;
  // A browser opens six connections to a server at a time: pages in the background must not hold them all.
  if (document.visibilityState === "visible") {
    const page = decodedPath();
    stream = new EventSource(`${STATUS_STREAM}?${new URLSearchParams({ page, build: shown })}`);
    stream.onmessage = (event) => take(JSON.parse(event.data) as BuildStatus);
  }
}

function decodedPath(): string {
  try {
    return decodeURIComponent(location.pathname);
  } catch {
    return location.pathname; // no UTF-8
  }
}

function take(status: BuildStatus): void {
  if (status.build !== shown) {
    reload();
    return;
  }
  restyle(status.styles ?? []);
  panel?.remove();
  panel = status.failure ? failurePanel(status.failure, status.old ?? true) : undefined;
  if (panel) document.body.append(panel);
  showNote(status.note ?? "", status.working ?? false);
}

/** Takes other style sheets in place of those that are there, each once it is loaded; nothing else on the page moves. */
function restyle(addresses: string[]): void {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]:not([data-former])")];
  if (!addresses.length || links.length !== addresses.length) return;
  links.forEach((link, number) => {
    const address = addresses[number];
    if (address === undefined || link.getAttribute("href") === address) return;
    const next = link.cloneNode() as HTMLLinkElement;
    next.setAttribute("href", address);
    next.addEventListener("load", () => link.remove(), { once: true });
    next.addEventListener("error", reload, { once: true });
    link.dataset.former = "";
    link.after(next);
  });
}

/** Now, or once the reader has closed the dialog that is open, such as a search. */
function reload(): void {
  const dialog = document.querySelector("dialog[open]");
  if (dialog) {
    dialog.addEventListener("close", reload, { once: true });
    return;
  }
  sessionStorage.setItem(PLACE_KEY, JSON.stringify([location.href, scrollX, scrollY]));
  location.reload();
}

/** Where the reader was before the page was reloaded; browsers keep that too, but not all of them for every page. */
function returnToPlace(): void {
  const kept = sessionStorage.getItem(PLACE_KEY);
  sessionStorage.removeItem(PLACE_KEY);
  if (!kept) return;
  const [address, x, y] = JSON.parse(kept) as [string, number, number];
  if (address !== location.href) return;
  const scroll = (): void => scrollTo({ left: x, top: y, behavior: "instant" });
  scroll();
  addEventListener("load", scroll, { once: true });
}

function showNote(note: string, working: boolean): void {
  clearTimeout(fading);
  const wasWorking = sessionStorage.getItem(WORKING_KEY) !== null;
  if (working) sessionStorage.setItem(WORKING_KEY, "1");
  else sessionStorage.removeItem(WORKING_KEY);
  const words = working || wasWorking ? note : "";
  line ??= words ? noteLine() : undefined;
  const text = line?.shadowRoot?.querySelector("p");
  if (!line || !text) return;
  text.textContent = words;
  text.hidden = !words;
  if (words && !working) fading = setTimeout(() => (text.hidden = true), SHOWN_DONE);
}

/** In the corner, over the page, so that nothing moves; in the page's own colours. */
function noteLine(): HTMLElement {
  const section = document.createElement("p");
  section.setAttribute("role", "status");
  const host = shadowed(
    "notegen-status",
    section,
    `
    :host { position: fixed; inset: auto 0 0 auto; z-index: 2147483646; pointer-events: none; }
    p { margin: .75rem; padding: .3rem .7rem; border: 1px solid var(--border, #8884); border-radius: .4rem;
      background: var(--raised, Canvas); color: var(--muted, CanvasText); font-size: .8rem; line-height: 1.4; }
    p[hidden] { display: none; }
    @media print { :host { display: none; } }`,
  );
  document.body.append(host);
  return host;
}

function failurePanel(failure: string, isOld: boolean): HTMLElement {
  const section = document.createElement("section");
  const title = document.createElement("h2");
  title.textContent = isOld
    ? "The last change could not be built. This page is from before it."
    : "This page is of the last change, but the site could not be built from it.";
  const text = document.createElement("pre");
  text.textContent = failure;
  section.append(title, text);
  const host = shadowed(
    "notegen-failure",
    section,
    `
    :host { position: fixed; inset: auto 0 0; z-index: 2147483647; }
    section { max-height: 60vh; overflow: auto; padding: 1rem 1.25rem; border-top: 4px solid #ff6b6b;
      background: #1f1315; color: #ffe3e3; font: 14px/1.5 ui-monospace, monospace; }
    h2 { margin: 0 0 .5rem; font: bold 15px/1.4 system-ui, sans-serif; }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }`,
  );
  host.setAttribute("role", "alert");
  return host;
}

/** In a shadow tree, so that neither the theme's styles nor these reach the other. */
function shadowed(name: string, content: HTMLElement, css: string): HTMLElement {
  const host = document.createElement(name);
  const style = new CSSStyleSheet(); // a page's policy allows no `style` element
  style.replaceSync(css);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [style];
  shadow.append(content);
  return host;
}

document.addEventListener("visibilitychange", follow);
returnToPlace();
follow();

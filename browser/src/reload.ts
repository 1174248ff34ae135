// Keeps a page of `notegen serve` at the latest build: reloads it when there is one, and shows why when a build failed.
// The server adds this script to what it serves; a published site does not have it.

interface BuildStatus {
  /** The last good build. */
  build: string;
  /** Why a later one failed, or empty. */
  failure: string;
}

const STATUS_STREAM = "/.notegen/status";
const shown = document.currentScript?.dataset.build;

let stream: EventSource | undefined;
let panel: HTMLElement | undefined;

function follow(): void {
  stream?.close();
  stream = undefined;
  // A browser opens six connections to a server at a time: pages in the background must not hold them all.
  if (document.visibilityState === "visible") {
    stream = new EventSource(STATUS_STREAM);
    stream.onmessage = (event) => take(JSON.parse(event.data) as BuildStatus);
  }
}

function take(status: BuildStatus): void {
  if (status.build !== shown) {
    location.reload();
    return;
  }
  panel?.remove();
  panel = status.failure ? failurePanel(status.failure) : undefined;
  if (panel) {
    document.body.append(panel);
  }
}

/** In a shadow tree, so that neither the theme's styles nor these reach the other. */
function failurePanel(failure: string): HTMLElement {
  const host = document.createElement("notegen-failure");
  host.setAttribute("role", "alert");
  const style = new CSSStyleSheet(); // a page's policy allows no `style` element
  style.replaceSync(`
    :host { position: fixed; inset: auto 0 0; z-index: 2147483647; }
    section { max-height: 60vh; overflow: auto; padding: 1rem 1.25rem; border-top: 4px solid #ff6b6b;
      background: #1f1315; color: #ffe3e3; font: 14px/1.5 ui-monospace, monospace; }
    h2 { margin: 0 0 .5rem; font: bold 15px/1.4 system-ui, sans-serif; }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }`);
  const section = document.createElement("section");
  const title = document.createElement("h2");
  title.textContent = "The last change could not be built. This page is from before it.";
  const text = document.createElement("pre");
  text.textContent = failure;
  section.append(title, text);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [style];
  shadow.append(section);
  return host;
}

document.addEventListener("visibilitychange", follow);
follow();

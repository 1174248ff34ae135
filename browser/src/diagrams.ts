// Draws the Mermaid sources of a page, in the page's own colours. Only pages with such a source load it, after Mermaid.
//
// Without scripts, and where Mermaid cannot read a source, the source stays as it is written.

import { translate } from "./messages/diagrams.ts";

/** What is used of Mermaid, which defines it for all scripts of the page. */
interface Mermaid {
  initialize(config: Record<string, unknown>): void;
  render(id: string, source: string): Promise<{ svg: string }>;
}

declare global {
  // `var` puts the name on globalThis, where Mermaid puts itself.
  var mermaid: Mermaid | undefined;
}

interface Diagram {
  source: string;
  block: HTMLElement;
  figure: HTMLElement;
  /** The links that its nodes are to be, where it has such nodes. */
  list: HTMLElement | null;
}

const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = (): boolean =>
  (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

const diagrams: Diagram[] = [];
for (const code of document.querySelectorAll("pre > code.language-mermaid")) {
  const block = code.parentElement;
  if (!block) continue;
  const figure = document.createElement("figure");
  figure.className = "diagram";
  const next = block.nextElementSibling;
  const list = next instanceof HTMLElement && next.matches(".diagram-links") ? next : null;
  diagrams.push({ source: code.textContent ?? "", block, figure, list });
}

/** The drawing that the page shows; one that was begun before the colours changed again is dropped. */
let latest = 0;

async function draw(mermaid: Mermaid): Promise<void> {
  latest += 1;
  const mine = latest;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    theme: "base",
    themeVariables: colours(),
    fontFamily: getComputedStyle(document.body).fontFamily,
    // What a diagram may not choose: Mermaid's own list, and what would be styles as they are written.
    secure: [...MERMAID_SECURE, "themeCSS", "fontFamily", "altFontFamily", "dompurifyConfig"],
    dompurifyConfig: { FORBID_TAGS: LOADING_TAGS, FORBID_ATTR: ["src", "srcset", "background"] },
  });
  for (const [number, { source, block, figure, list }] of diagrams.entries()) {
    try {
      const { svg } = await mermaid.render(`Diagram-${number}`, withoutAddresses(source));
      if (mine !== latest) return;
      figure.innerHTML = svg;
      if (!figure.isConnected) block.before(figure);
      block.hidden = true;
      if (list) list.hidden = linkNodes(figure, list);
    } catch (reason) {
      if (mine !== latest) return;
      figure.remove();
      block.hidden = false;
      if (list) list.hidden = false;
      block.title = translate("failed", {
        reason: String(reason instanceof Error ? reason.message : reason),
      });
    }
  }
}

const MERMAID_SECURE = [
  "secure",
  "securityLevel",
  "startOnLoad",
  "maxTextSize",
  "suppressErrorRendering",
  "maxEdges",
];
/** Elements of a label that would ask for something. */
const LOADING_TAGS =
  "img image picture source video audio iframe object embed link style svg use math form button input base meta".split(
    " ",
  );
/** From the start of an element in a label to its end. */
const ELEMENT = /<[a-z][^>]*/gi;
const POWERS = /\b(?:on[a-z]+|src|srcset|srcdoc|poster|background|data|action|formaction|ping)(?=\s*=)/gi;
const REFERENCE = /\b(?:xlink:)?href(?=\s*=)/gi;
const LOADING_STYLE = /\bstyle(?=\s*=\s*(?:"[^"]*(?:\(|\\|@|&)|'[^']*(?:\(|\\|@|&)|[^"'\s][^\s>]*))/gi;
/** Mermaid hangs a menu on a sequence's actor by `onclick`, which no page of ours may have. */
const MENU = /^[ \t]*(?:links?|properties|details)\b[^:\n]*:.*$/gim;
const STYLED = /^[ \t]*(?:style|classDef|linkStyle|cssClass)\b.*$/gim;
const IMAGE = /(["']?\bimg["']?\s*:\s*)(?:"[^"]*"|'[^']*'|[^\s,}]*)/gi;

/**
 * The source without what would run, and without pictures and styles from elsewhere. The page's policy refuses them too,
 * but Mermaid writes labels into the page before it cleans them.
 */
function withoutAddresses(source: string): string {
  return source
    .replace(ELEMENT, (element) => {
      const named = element.replace(POWERS, "data-no").replace(LOADING_STYLE, "data-no");
      return /^<a\b/i.test(named) ? named : named.replace(REFERENCE, "data-no");
    })
    .replace(/^\s*sequenceDiagram\b[\s\S]*/m, (sequence) => sequence.replace(MENU, ""))
    .replace(STYLED, (line) => line.replace(/(?:url|image-set|image|src)\s*\([^)]*\)?|\\|@import/gi, "none"))
    .replace(/@\{[^}]*\}/g, (details) => details.replace(IMAGE, '$1""'));
}

/** Makes the nodes of Obsidian's class links to what the list under the diagram says; whether it found all of them. */
function linkNodes(figure: HTMLElement, list: HTMLElement): boolean {
  const links = new Map([...list.querySelectorAll("a")].map((link) => [letters(link), link]));
  const found = new Set<string>();
  const make = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const node of figure.querySelectorAll("svg .internal-link")) {
    const words = letters(node);
    const link = links.get(words);
    if (!link) continue;
    found.add(words);
    const goal = link.getAttribute("href");
    const around = make(goal === null ? "g" : "a");
    if (goal === null) {
      around.setAttribute("class", "missing");
      around.appendChild(make("title")).textContent = link.title;
    } else {
      around.setAttribute("href", goal);
    }
    node.replaceWith(around);
    around.append(node);
  }
  return found.size === links.size;
}

/** An element's words without what drawing may change: spaces, breaks, signs. */
function letters(element: Element): string {
  const words = element.textContent ?? "";
  return words.replace(/[^\p{Letter}\p{Number}]/gu, "").toLowerCase() || words.trim();
}

/** Mermaid computes with colours and knows no `oklab()`, so it needs what the names of the style sheet paint just now. */
function colours(): Record<string, unknown> {
  const probe = document.body.appendChild(document.createElement("i"));
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    const computed = getComputedStyle(probe).color;
    if (!pixel || computed.startsWith("rgb")) return computed;
    pixel.fillStyle = computed;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
  const [paper, raised, sunken] = [colour("--paper"), colour("--raised"), colour("--sunken")];
  const [ink, muted, border] = [colour("--ink"), colour("--muted"), colour("--border-strong")];
  const [wash, mark] = [colour("--accent-wash"), colour("--mark")];
  const tones = ["--accent", "--info", "--success", "--warning", "--danger"].map(colour);
  probe.remove();
  const scales: Record<string, unknown> = {};
  for (let number = 0; number < 13; number += 1) {
    const tone = tones[number % tones.length];
    for (const name of ["cScale", "pie", "git"]) scales[`${name}${number}`] = tone;
    for (const name of ["cScaleLabel", "gitBranchLabel"]) scales[`${name}${number}`] = paper;
  }
  return {
    ...scales,
    darkMode: isDark(),
    dropShadow: "none",
    pieSectionTextColor: paper,
    background: paper,
    primaryColor: wash,
    primaryTextColor: ink,
    primaryBorderColor: border,
    secondaryColor: sunken,
    secondaryTextColor: ink,
    secondaryBorderColor: border,
    tertiaryColor: raised,
    tertiaryTextColor: ink,
    tertiaryBorderColor: border,
    lineColor: muted,
    textColor: ink,
    titleColor: ink,
    edgeLabelBackground: sunken,
    clusterBkg: sunken,
    clusterBorder: border,
    noteBkgColor: mark,
    noteTextColor: ink,
    noteBorderColor: border,
  };
}

if (globalThis.mermaid && diagrams.length > 0) {
  const drawer = globalThis.mermaid;
  const again = () => void draw(drawer);
  again();
  system.addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

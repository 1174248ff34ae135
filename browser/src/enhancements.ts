// The script of what a reader seldom asks for, loaded when it is asked for first: triggers.ts knows when that is.

import { Explorer } from "./enhancements/explorer.ts";
import { openLightbox } from "./enhancements/lightbox.ts";
import { showOffline } from "./enhancements/offline.ts";
import { type Content, Popover } from "./enhancements/popover.ts";
import { type Preview, Previews } from "./enhancements/previews.ts";
import { showShortcuts } from "./enhancements/shortcuts.ts";
import { announce } from "./lib/announce.ts";
import { withChoices } from "./lib/choices.ts";
import { element } from "./lib/dom.ts";
import type { MakeEnhancements } from "./lib/namespace.ts";
import { Pieces } from "./lib/pieces.ts";
import { translate } from "./messages/enhancements.ts";
import { dayWords } from "./messages/i18n.ts";

const makeEnhancements: MakeEnhancements = (home, { pieces: pointer, folders }, onLost) => {
  const pieces = pointer ? new Pieces(home, new URL(pointer, home).href) : undefined;
  const previews = new Previews(home, pieces);
  const explorer = new Explorer(home, folders ? pieces : undefined, onLost);
  const popover = new Popover();
  return {
    preview: async (link, signal, announced) => {
      const address = new URL(link.getAttribute("href") ?? "", document.baseURI).href;
      const footnote = link.matches(".footnote-ref > a") ? footnoteAt(link) : undefined;
      const preview = footnote ? undefined : await previews.of(address);
      const content = footnote ?? (preview && contentOf(preview));
      if (!content || signal.aborted) return;
      popover.open(link, content);
      if (announced) announce(content.parts.map((part) => part.textContent).join(". "));
    },
    openRandom: async () => {
      const address = await previews.random();
      if (address) location.href = withChoices(address);
    },
    showShortcuts,
    showOffline,
    openLightbox,
    toggleFolders: () => explorer.toggle(),
    reopenFolders: () => explorer.reopen(),
  };
};

window.notegen.add("enhancements", makeEnhancements);

function contentOf({ title, day, heading, text }: Preview): Content {
  const parts = [element("b", "", title)];
  const about = [day && dayWords(day, "all"), heading].filter(Boolean).join(" · ");
  if (about) parts.push(element("small", "", about));
  if (text) parts.push(element("p", "", text));
  for (const part of parts) part.dir = "auto";
  return { parts, kind: "preview" };
}

/** The note's own text, without the way back and without ids, which a page has once. */
function footnoteAt(link: Element): Content | undefined {
  const note = document.getElementById(decodeURIComponent((link.getAttribute("href") ?? "").slice(1)));
  if (!note) return undefined;
  const copy = note.cloneNode(true) as Element;
  for (const back of copy.querySelectorAll(".footnote-backref")) back.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  const parts = Array.from(copy.childNodes);
  const number = link.textContent?.replace(/[[\]]/g, "") ?? "";
  return { parts, kind: "prose", name: translate("footnote", { number }) };
}

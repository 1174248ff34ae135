// A button on each block of code that copies it.

import { announce, prepareToAnnounce } from "../lib/announce.ts";
import { copy } from "../lib/clipboard.ts";
import { button, element } from "../lib/dom.ts";
import { whenNear } from "../lib/when-near.ts";
import { translate } from "../messages/notegen.ts";

const DONE_SHOWN = 2000; // milliseconds

/** Gives every block of code its button; diagrams are drawn and have none. */
export function startCopying(): void {
  const blocks = document.querySelectorAll<HTMLElement>(".prose pre");
  whenNear(blocks, (block) => block.querySelector("code.language-mermaid") ?? addButton(block));
  if (blocks.length) prepareToAnnounce();
}

function addButton(block: HTMLElement): void {
  // A box around the block, since the block itself scrolls and would carry its button away.
  const box = element("div", "copy-box");
  const press = button("copy", "", async () => {
    const copied = await copy(block.textContent ?? "", box);
    announce(copied ? translate("copied") : translate("not_copied"));
    press.classList.toggle("copied", copied);
    setTimeout(() => press.classList.remove("copied"), DONE_SHOWN);
  });
  press.setAttribute("aria-label", translate("copy_code"));
  press.title = translate("copy_code");
  block.replaceWith(box);
  box.append(block, press);
}

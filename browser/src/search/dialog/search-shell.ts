// Opens the search box: `/`, Ctrl-K, a button, or an address with `?q=`. The box is there at once and takes the first
// keys; what searches is a script of its own, loaded by the first opening.

import { button, element, setAttributes } from "../../lib/dom.ts";
import { letterOf } from "../../lib/letter-key.ts";
import type { SearchShell } from "../../lib/namespace.ts";
import { isSingleKey } from "../../lib/single-keys.ts";
import { translate } from "../../messages/notegen.ts";

/**
 * Gives the page its search box.
 *
 * @param whenOpen gets it at each opening, and fails when search did not load
 * @param changed tells of a site that has changed since the page was opened
 */
export function startSearchShell(
  whenOpen: (shell: SearchShell) => Promise<void>,
  changed: { is(): Promise<boolean>; show(place: HTMLElement): void; showGone(place: HTMLElement): void },
): void {
  let shell: SearchShell | undefined;
  const open = (text?: string) => {
    shell ??= buildShell(changed.show);
    const { dialog, body, input } = shell;
    if (text !== undefined) input.value = text;
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
    body.querySelector(".ns-lost")?.remove();
    whenOpen(shell).catch(async () => {
      const lost = element("p", "ns-hint ns-lost", translate("lost"));
      lost.setAttribute("role", "alert");
      if (await changed.is()) changed.showGone(lost);
      body.querySelector(".ns-lost")?.remove();
      body.append(lost);
    });
  };
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest?.("[data-ns-open]")) open();
  });
  document.addEventListener("keydown", (event) => {
    if (!opensSearch(event)) return;
    event.preventDefault();
    open();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked !== null) open(asked);
}

function opensSearch(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey)
    return letterOf(event).toLowerCase() === "k";
  return event.key === "/" && isSingleKey(event);
}

function buildShell(sayChanged: SearchShell["sayChanged"]): SearchShell {
  const dialog = element("dialog", "ns-dialog");
  dialog.setAttribute("aria-label", translate("name"));
  const input = element("input", "ns-input");
  setAttributes(input, {
    type: "text",
    placeholder: translate("placeholder"),
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    enterkeyhint: "go",
    role: "combobox",
    "aria-label": translate("field"),
    "aria-autocomplete": "list",
    "aria-expanded": "false",
  });
  const close = button("ns-button ns-close", translate("close"), () => dialog.close());
  close.title = translate("close_key");
  const head = element("div", "ns-head");
  head.append(input, close);
  const body = element("div", "ns-body");
  body.append(head);
  dialog.append(body);
  // The body covers the whole dialog: a click on the dialog itself is one beside it.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return { dialog, body, head, input, sayChanged };
}

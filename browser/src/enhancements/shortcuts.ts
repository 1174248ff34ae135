// The dialog that lists all keys, and lets single ones be turned off.

import { button, element } from "../lib/dom.ts";
import { letSingleKeysWork, singleKeysWork } from "../lib/single-keys.ts";
import { translate } from "../messages/enhancements.ts";
import { runsLeft } from "../messages/i18n.ts";

/** Each with what it does; `b` only where there are folders. */
const SHORTCUTS: [keys: string[], does: string][] = [
  [["/"], translate("key_search")],
  [
    [`${/^(Mac|iP)/.test(navigator.platform) ? "⌘" : translate("control")} K`],
    translate("key_search_anywhere"),
  ],
  [runsLeft() ? ["→", "←"] : ["←", "→"], translate("key_steps")],
  [["r"], translate("key_random")],
  [["b"], translate("key_folders")],
  [["p"], translate("key_preview")],
  [["?"], translate("key_keys")],
  [[translate("escape")], translate("key_escape")],
];

/** Opens the dialog. */
export function showShortcuts(): void {
  const dialog = element("dialog", "shortcuts");
  dialog.setAttribute("aria-labelledby", "Keys");
  const title = element("h2", "", translate("keys"));
  title.id = "Keys";
  const close = button("shortcuts-close", translate("close"), () => dialog.close());
  const list = element("dl");
  for (const [keys, does] of SHORTCUTS) {
    if (keys[0] === "b" && !document.querySelector("[data-action='folders']")) continue;
    const names = element("dt");
    for (const key of keys) names.append(element("kbd", "", key), " ");
    list.append(names, element("dd", "", does));
  }
  dialog.append(title, close, list, choice());
  dialog.addEventListener("click", ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const beside = clientX < left || clientX > right || clientY < top || clientY > bottom;
    if (target === dialog && beside) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function choice(): HTMLElement {
  const place = element("p");
  const label = element("label");
  const box = element("input");
  box.type = "checkbox";
  box.checked = singleKeysWork();
  box.addEventListener("change", () => letSingleKeysWork(box.checked));
  const why = element("small", "", translate("single_why"));
  why.id = "KeysWhy";
  box.setAttribute("aria-describedby", why.id);
  label.append(box, ` ${translate("single")}`);
  place.append(label, why);
  return place;
}

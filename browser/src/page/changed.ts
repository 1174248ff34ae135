// What a page says when the site was published anew since it was opened, and something of its own is gone from there.

import { button, element } from "../lib/dom.ts";
import { loadPlain } from "../lib/load-script.ts";
import { translate } from "../messages/notegen.ts";

/**
 * Whether the host answers, with what a script adds under the name.
 *
 * The script has the same address in all builds: where it loads and another one does not, the other is gone.
 */
export function answers(address: string, name: string): Promise<boolean> {
  // The query is nobody's, but keeps browsers from answering themselves.
  const loading = loadPlain(`${address}?${Date.now()}`, name);
  return loading.then(
    () => true,
    () => false,
  );
}

/** Makes the element say that the site has changed, with what loads the page anew. */
export function sayChanged(place: HTMLElement): void {
  const reload = button("reload", translate("reload"), () => location.reload());
  place.replaceChildren(translate("changed"), " ", reload);
}

/**
 * The same of a script that did not load where the host answers: it is gone, since the site has changed; unless the page
 * was loaded anew already, which did not help: then something keeps it from loading, as a blocker does.
 */
export function sayGone(place: HTMLElement): void {
  const [loaded] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (loaded?.type === "reload") place.replaceChildren(translate("blocked"));
  else sayChanged(place);
}

/** Says it at the foot of the window, once; within a dialog that is open, since nothing beside one can be reached. */
export function showGone(): void {
  if (document.querySelector(".changed")) return;
  const notice = element("p", "changed");
  notice.setAttribute("role", "alert");
  (document.querySelector("dialog[open]") ?? document.body).append(notice);
  sayGone(notice);
}

// A sign beside each heading that is a link to it, for those who want to send it to somebody.

import { element } from "../lib/dom.ts";
import { whenNear } from "../lib/when-near.ts";
import { translate } from "../messages/notegen.ts";

/** Gives the headings of the text their links; the sign itself is in the style sheet, and is no letter of the text. */
export function startHeadings(): void {
  whenNear(document.querySelectorAll(".prose :is(h1, h2, h3, h4, h5, h6)[id]"), (heading) => {
    const link = element("a", "anchor");
    link.href = `#${encodeURIComponent(heading.id)}`;
    link.setAttribute("aria-label", translate("heading", { heading: heading.textContent?.trim() ?? "" }));
    heading.append(link);
  });
}

// What the page of the graph says.

import { translator } from "./i18n.ts";

export const translate = translator("graph", {
  links: { one: "{title}, {count} link", other: "{title}, {count} links" },
  found: { one: "{count} note found", other: "{count} notes found" },
});

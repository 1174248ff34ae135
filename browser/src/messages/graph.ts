// What the page of the graph says.

import { speaker } from "./i18n.ts";

export const say = speaker("graph", {
  links: { one: "{title}, {count} link", other: "{title}, {count} links" },
  found: { one: "{count} note found", other: "{count} notes found" },
});

// What the page of the map says.

import { translator } from "./i18n.ts";

export const translate = translator("map", {
  found: { one: "{count} note found", other: "{count} notes found" },
});

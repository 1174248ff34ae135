// What the page of the map says.

import { speaker } from "./i18n.ts";

export const say = speaker("map", {
  found: { one: "{count} note found", other: "{count} notes found" },
});

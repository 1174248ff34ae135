// What stands on a diagram that cannot be drawn.

import { translator } from "./i18n.ts";

export const translate = translator("diagrams", {
  failed: "Mermaid cannot draw this: {reason}",
});

// What stands on a diagram that cannot be drawn.

import { speaker } from "./i18n.ts";

export const say = speaker("diagrams", {
  failed: "Mermaid cannot draw this: {reason}",
});

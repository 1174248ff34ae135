// What the home page says of the reader's day.

import { speaker } from "./i18n.ts";

export const say = speaker("today", {
  day: ", {day}",
});

// What the home page says of the reader's day.

import { translator } from "./i18n.ts";

export const translate = translator("today", {
  day: ", {day}",
});

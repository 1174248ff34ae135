// What the script of every page says.

import { translator } from "./i18n.ts";

export const translate = translator("notegen", {
  name: "Search",
  placeholder: "Words, or what the note is about",
  field: "Search the notes",
  close: "Close",
  close_key: "Close search (Esc)",
  lost: "Search did not load. Close the box and open it to try once more.",
  changed: "The site has changed since this page was opened.",
  reload: "Load the page anew",
  blocked: "Part of this page still does not load: something in the browser may block it.",
  copy_code: "Copy the code",
  copied: "Copied",
  not_copied: "The browser did not allow copying",
  heading: "Link to “{heading}”",
  enlarge: "Enlarge: {picture}",
  enlarge_it: "Enlarge the picture",
  table: "Table",
  go_on: "Continue at “{heading}”",
});

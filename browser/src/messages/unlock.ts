// What the dialog says that unlocks encrypted notes.

import { translator } from "./i18n.ts";

export const translate = translator("unlock", {
  title: "Unlock notes",
  lead: "The encrypted notes of this site open until you close this tab.",
  password: "Password",
  open: "Unlock",
  cancel: "Cancel",
  busy: "Checking the password",
  wrong: "This is not the password.",
  insecure: "At an address with http:// browsers do not decrypt. Open the site at https:// or from disk.",
  lost: "The encrypted part did not load. Try once more.",
  missing: "This page is no longer in the site.",
});

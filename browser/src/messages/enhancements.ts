// What the enhancements script says.

import { translator } from "./i18n.ts";

export const translate = translator("enhancements", {
  footnote: "Footnote {number}",
  folders: "Folders",
  filter: "Filter",
  filter_label: "Find notes and folders by name",
  filtered: { one: "{count} note found", other: "{count} notes found" },
  from_to: "{first} – {last}",
  keys: "Keys",
  close: "Close",
  picture: "Large picture",
  escape: "Esc",
  control: "Ctrl",
  key_search: "search",
  key_search_anywhere: "search, from a field too",
  key_steps: "the note before and after, by date",
  key_random: "a random note",
  key_preview: "preview the link that has the focus, and read it out",
  key_folders: "open and close the folders",
  key_keys: "these keys",
  key_escape: "close what is open",
  offline: "Read offline",
  offline_why:
    "Pages that you read are kept by your browser. You can keep the whole site too, with its search.",
  offline_keep: "Keep everything ({size})",
  offline_keeping: "Keeping everything: {share}",
  offline_kept: "Everything is kept, and follows what changes on the site.",
  offline_forget: "Forget what is kept",
  offline_failed: "Not everything could be kept. Try once more.",
  single: "Single keys work on this site",
  single_why:
    "Turn them off if you speak to your computer or press keys by accident. What has Ctrl, the arrows, Enter and Esc works all the same.",
});

(function (page) {
  page.classList.add("scripted");
  try {
    // Where each page has a storage of its own, its link brings what the reader chose: browser/src/lib/choices.ts.
    var address = new URL(location.href);
    var kept = address.protocol === "file:" ? address.searchParams.get("kept") : null;
    if (kept !== null) {
      page.dataset.kept = "";
      ["theme", "folders", "keys"].forEach(function (choice) {
        var found = new RegExp("(?:^|[.])" + choice + "-([a-z]+)(?:[.]|$)").exec(kept);
        if (found) localStorage.setItem("notegen-" + choice, found[1]);
        else localStorage.removeItem("notegen-" + choice);
      });
      address.searchParams.delete("kept");
      history.replaceState(history.state, "", address.href);
    }
    var theme = localStorage.getItem("notegen-theme");
    if (theme) page.dataset.theme = theme;
  } catch (refused) {}
})(document.documentElement);

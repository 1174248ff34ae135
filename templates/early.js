(function (page, own) {
  if (page.classList.contains("scripted")) return;
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
  // A browser may keep a page for longer than the site has its style sheet and its script: then it asks for the page anew,
  // once. This script has the same address in all builds, so it tells a site that has changed from one out of reach.
  var lost = false;
  function renew(event) {
    var piece = event.target;
    if (lost || !(piece.rel === "stylesheet" || piece.localName === "script")) return;
    lost = true;
    var probe = document.createElement("script");
    probe.src = own + "?" + Date.now();
    probe.onload = function () {
      try {
        if (sessionStorage.getItem("notegen-renewed") === location.href) return;
        sessionStorage.setItem("notegen-renewed", location.href);
        location.reload();
      } catch (refused) {}
    };
    document.head.append(probe);
  }
  if (!/^http/.test(own)) return;
  addEventListener("error", renew, true);
  addEventListener("load", function () {
    removeEventListener("error", renew, true);
    try {
      if (!lost) sessionStorage.removeItem("notegen-renewed");
    } catch (refused) {}
  });
})(document.documentElement, (document.currentScript || {}).src || "");

(function (page) {
  page.classList.add("scripted");
  try {
    var theme = localStorage.getItem("notegen-theme");
    if (theme) page.dataset.theme = theme;
  } catch (refused) {}
})(document.documentElement);

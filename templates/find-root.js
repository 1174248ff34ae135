(function (base, path, script, search, finder) {
  var above = path.split("/").slice(0, -1);
  function attempt() {
    if (!above.length) return base.setAttribute("href", "/");
    base.setAttribute("href", above.join("/") + "/");
    var element = document.createElement("script");
    element.src = script;
    element.dataset.root = "";
    if (search) {
      element.dataset.search = search;
      element.dataset.finder = finder;
    }
    element.onerror = function () {
      element.remove();
      above.pop();
      attempt();
    };
    // Some hosts answer a missing script with a page and say that all is well.
    element.onload = function () {
      if (!window.notegen) element.onerror();
    };
    document.head.append(element);
  }
  document.addEventListener("DOMContentLoaded", attempt);
})(document.querySelector("base"), location.pathname, {{ script | tojson }}, {{ search | tojson }}, {{ finder | tojson }});

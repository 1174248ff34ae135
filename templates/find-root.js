(function (base, path, script, data) {
  var above = path.split("/").slice(0, -1);
  function attempt() {
    if (!above.length) return base.setAttribute("href", "/");
    base.setAttribute("href", above.join("/") + "/");
    var element = document.createElement("script");
    element.src = script;
    element.dataset.root = "";
    Object.assign(element.dataset, data);
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
})(document.querySelector("base"), location.pathname, {{ script | tojson }}, {{ data | tojson }});

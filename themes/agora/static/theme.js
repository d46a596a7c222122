// Applies the reader's saved choice of light or dark before anything is painted; the button is in frame.js.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var choice = localStorage.getItem("agora-theme");
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
  } catch (refused) {
    // A browser may refuse storage: then the system's choice stands.
  }
})();

// What may become a service's frame: nothing is asked of the service before the reader presses the button.
(function () {
  "use strict";
  const words = document.currentScript.dataset.load.split("%s");

  function button(host) {
    const made = document.createElement("button");
    const name = document.createElement("bdi");
    made.type = "button";
    made.className = "button";
    name.textContent = host;
    made.append(words[0], name, words[1] || "");
    return made;
  }

  // The frame can run scripts of its own host and open its links beside this page; it can't lead this page elsewhere.
  function frame(figure) {
    const made = document.createElement("iframe");
    made.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms");
    made.referrerPolicy = "strict-origin";
    made.allow = "fullscreen; picture-in-picture; encrypted-media";
    made.title = figure.querySelector("figcaption").textContent;
    made.src = figure.dataset.frame;
    return made;
  }

  for (const figure of document.querySelectorAll("figure[data-frame]")) {
    const stage = document.createElement("div");
    const load = button(figure.dataset.host);
    stage.className = "embed-stage";
    stage.append(load);
    load.addEventListener("click", function () {
      const shown = frame(figure);
      load.replaceWith(shown);
      shown.focus();
    });
    figure.prepend(stage);
  }
})();

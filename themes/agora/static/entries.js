// What a reader does with a topic: links to it, and branches of it that are folded away.
(function () {
  "use strict";
  const { actions, each, words } = agora;

  function address() {
    const canonical = document.querySelector("link[rel=canonical]");
    return canonical ? canonical.href : location.href.replace(/#.*/, "");
  }

  actions["copy-link"] = function (button) {
    agora.copy(address());
    button.closest("details").open = false;
  };

  actions.share = function (button) {
    navigator.share({ title: document.title, url: address() }).catch(function () {});
    button.closest("details").open = false;
  };

  actions.fold = function (button) {
    const folded = button.classList.toggle("is-folded");
    each(".branch", function (branch) { branch.open = !folded; });
  };

  if (navigator.share) each(".share-app", function (item) { item.hidden = false; });
  if (navigator.clipboard) {
    document.addEventListener("click", function (event) {
      const link = event.target.closest("a.permalink");
      if (link) agora.copy(link.href);
    });
  }

  // On paper, and only there, everything is unfolded.
  const folded = [];
  addEventListener("beforeprint", function () {
    folded.push(...document.querySelectorAll("details:is(.branch, .more, .spoiler, .recap, .transcript):not([open])"));
    folded.forEach(function (branch) { branch.open = true; });
  });
  addEventListener("afterprint", function () {
    folded.splice(0).forEach(function (branch) { branch.open = false; });
  });
})();

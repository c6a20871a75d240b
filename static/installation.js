// Looks again every ten seconds while somebody can see the page, and puts the newer text in its place.
"use strict";

(() => {
  async function look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const newer = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      const here = document.querySelector("main");
      // Not under the hands of somebody who is about to choose a button.
      if (answer.ok && newer && newer.textContent !== here.textContent && !here.contains(document.activeElement)) {
        here.replaceWith(document.adoptNode(newer));
      }
    } catch {
      // The line is away: try again.
    }
  }

  setInterval(() => { if (document.visibilityState === "visible") look(); }, 10000);
})();

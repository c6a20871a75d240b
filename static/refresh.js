// While the page holds something busy, look again every second and put the newer text in its place.
"use strict";

(() => {
  const busy = () => document.querySelector("[data-busy]");

  async function look() {
    const place = busy();
    if (!place) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const newer = page.querySelector("main");
      if (newer && (!page.querySelector("[data-busy]") || newer.textContent !== document.querySelector("main").textContent)) {
        document.querySelector("main").replaceWith(document.adoptNode(newer));
      }
    } catch {
      // The line is away: try again.
    }
    setTimeout(look, 1000);
  }

  setTimeout(look, 700);
})();

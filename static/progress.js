// Looks again until the file is there, and says how far it is; the browser then downloads it, and we go back.
"use strict";

(() => {
  const busy = document.querySelector("[data-busy]");
  if (!busy) return;
  const back = document.querySelector(".crumbs a:last-child").href;

  // The page itself is HTML; anything else is the file.
  function isFile(answer) {
    return answer.ok && !(answer.headers.get("Content-Type") || "text/html").startsWith("text/html");
  }

  async function sayHowFar() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || isFile(answer)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("[data-busy]")) location.reload();
    const here = document.querySelector("[data-progress]"), there = page.querySelector("[data-progress]");
    if (here && there && here.textContent !== there.textContent) here.textContent = there.textContent;
  }

  async function look() {
    const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin" });
    if (isFile(answer)) {
      location.href = location.pathname;
      setTimeout(() => { location.href = back; }, 2500);
    } else {
      await sayHowFar();
      setTimeout(look, 1000);
    }
  }

  setTimeout(look, 700);
})();

// Looks again until the file is there; the browser then downloads it, and we go back to the report.
"use strict";

(() => {
  const busy = document.querySelector("[data-busy]");
  if (!busy) return;
  const back = document.querySelector(".crumbs a:last-child").href;

  async function look() {
    const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin" });
    if (answer.ok && (answer.headers.get("Content-Type") || "").startsWith("application/pdf")) {
      location.href = location.pathname;
      setTimeout(() => { location.href = back; }, 2500);
    } else {
      setTimeout(look, 1000);
    }
  }

  setTimeout(look, 700);
})();

// On a device that others use too. Before the next person: wipe what scripts kept in the browser; the server wipes the
// cookies. And a page that the browser shows again out of its memory is asked for anew, for it may be somebody else's.
"use strict";

window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

(() => {
  const form = document.querySelector("[data-next-person]");
  if (!form) return;
  form.addEventListener("submit", () => {
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch {
      // The browser keeps nothing at all.
    }
  });
})();

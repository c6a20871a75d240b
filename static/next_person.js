// Before the next person uses this device: wipe what scripts kept in the browser. The server wipes the cookies.
"use strict";

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

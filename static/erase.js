// What was answered but not sent yet is kept in the browser too: erase it there as well.
"use strict";

(() => {
  const form = document.querySelector("[data-erase]");
  form.addEventListener("submit", () => {
    const prefix = `leerscan-${form.dataset.erase}-`;
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
      sessionStorage.removeItem(`${prefix}sending`);
    } catch {
      // The browser keeps nothing.
    }
  });
})();

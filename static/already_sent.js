// Here somebody comes whose answers arrived while the confirmation got lost: this tab still knows them, and gets the own
// result of them. Then the tab forgets them.
"use strict";

(async () => {
  const place = document.querySelector("[data-own-picture]");
  const key = `leerscan-${place.dataset.key}-sending`;
  let kept = null;
  try {
    kept = sessionStorage.getItem(key);
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(`leerscan-${place.dataset.key}-`)) localStorage.removeItem(name);
    }
  } catch {
    return;
  }
  if (!kept) return;
  try {
    const response = await fetch(place.dataset.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": place.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ answers: JSON.parse(kept), again: true }),
    });
    sessionStorage.removeItem(key);
    if (response.ok) location.replace(place.dataset.result);
  } catch {
    // Next time.
  }
})();

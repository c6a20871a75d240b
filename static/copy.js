// A button to copy each text that says so. Where the browser does not let us, the text is selected instead.
"use strict";

(() => {
  const words = document.documentElement.lang === "en"
    ? { copy: "Copy", done: "Copied", selected: "Selected: press Ctrl+C (on a Mac: Cmd+C)" }
    : { copy: "Kopiëren", done: "Gekopieerd", selected: "Geselecteerd: druk op Ctrl+C (op een Mac: Cmd+C)" };

  for (const place of document.querySelectorAll("[data-copy]")) {
    const row = document.createElement("div");
    const button = document.createElement("button");
    const told = document.createElement("span");
    row.className = "buttons";
    button.type = "button";
    button.className = "btn btn-outline-primary";
    button.textContent = words.copy;
    button.setAttribute("aria-describedby", `${place.id}-title`);
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => { told.textContent = await copy(place) ? words.done : words.selected; });
    row.append(button, told);
    place.after(row);
  }

  async function copy(place) {
    const text = [...place.querySelectorAll("p")].map((paragraph) => paragraph.innerText).join("\n\n");
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // No https, or not allowed.
      getSelection().selectAllChildren(place);
      return document.execCommand("copy");
    }
  }
})();

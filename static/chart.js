// Offers an interactive radar beside the drawn one. plotly.js is large: it is loaded only when somebody asks for it.
"use strict";

(() => {
  const root = document.documentElement;
  const words = root.lang === "en"
    ? { show: "Interactive chart", wait: "Loading…" }
    : { show: "Interactieve grafiek", wait: "Wordt geladen…" };
  let library = null;

  for (const place of document.querySelectorAll("[data-chart]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link";
    button.textContent = words.show;
    button.addEventListener("click", () => show(place, button));
    place.append(button);
  }

  async function show(place, button) {
    button.disabled = true;
    button.textContent = words.wait;
    await load(place.dataset.plotly);
    const figure = JSON.parse(document.getElementById(place.dataset.chart + "-figure").textContent);
    place.replaceChildren();
    const ink = getComputedStyle(root).getPropertyValue("--ls-ink");
    figure.layout.font = { color: ink };
    window.Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displaylogo: false });
    button.remove();
  }

  function load(address) {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }
})();

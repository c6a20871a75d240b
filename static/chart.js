// Offers an interactive chart beside the drawn one. plotly.js is large: it is loaded only when somebody asks for it.
"use strict";

(() => {
  const root = document.documentElement;
  const words = root.lang === "en"
    ? { show: "Interactive chart", wait: "Loading…", failed: "The interactive chart could not be loaded. Try again" }
    : { show: "Interactieve grafiek", wait: "Wordt geladen…", failed: "De interactieve grafiek kon niet worden geladen. Probeer het opnieuw" };
  // What plotly.js calls its own buttons.
  const dutch = {
    moduleType: "locale",
    name: "nl",
    dictionary: {
      "Download plot as a PNG": "Afbeelding opslaan (PNG)",
      "Download plot": "Afbeelding opslaan",
      "Taking snapshot - this may take a few seconds": "De afbeelding wordt gemaakt",
      "Snapshot succeeded": "De afbeelding is opgeslagen",
      "Sorry, there was a problem downloading your snapshot!": "Het opslaan van de afbeelding is niet gelukt",
      "Double-click on legend to isolate one trace": "Dubbelklik om alleen deze te zien",
      "Reset": "Terug naar begin",
    },
    format: {},
  };
  const ROW = 34, AROUND = 130;
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
    try {
      await load(place.dataset.plotly);
    } catch {
      library = null;
      button.disabled = false;
      button.textContent = words.failed;
      return;
    }
    const figure = JSON.parse(document.getElementById(place.dataset.chart + "-figure").textContent);
    // Who cannot see it keeps the words of the drawn one, and all figures are in the table.
    const label = place.querySelector("img").alt;
    place.replaceChildren();
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", label);
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    const style = getComputedStyle(root);
    figure.layout.font = { color: style.getPropertyValue("--ls-ink") };
    if (figure.layout.yaxis) figure.layout.height = AROUND + ROW * figure.layout.yaxis.categoryarray.length;
    await window.Plotly.newPlot(place, figure.data, figure.layout, settings(figure));
  }

  function settings(figure) {
    return {
      responsive: true,
      displaylogo: false,
      displayModeBar: true,
      modeBarButtons: [["toImage"]],
      toImageButtonOptions: { format: "png", scale: 2, filename: plain(figure.layout.title.text) },
      locale: root.lang === "en" ? "en-US" : "nl",
      locales: { nl: dutch },
    };
  }

  // Names in the figure are escaped for plotly.js.
  function plain(text) {
    return text.replaceAll("&lt;", "").replaceAll("&gt;", "").replaceAll("&amp;", "&");
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

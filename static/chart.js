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
      "Preparing image - this may take a few seconds": "De afbeelding wordt gemaakt",
      "Sorry, there was a problem downloading your image!": "Het opslaan van de afbeelding is niet gelukt",
      "Double-click on legend to isolate one trace": "Dubbelklik om alleen deze te zien",
    },
    format: {},
  };
  const ROW = 34, AROUND = 200;
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
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", label);
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    dress(figure.layout);
    await window.Plotly.newPlot(place, figure.data, figure.layout, settings(figure));
  }

  // Colours of the page, and room for names.
  function dress(layout) {
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(name);
    const quiet = { gridcolor: colour("--ls-line"), linecolor: colour("--ls-line") };
    layout.font = { color: colour("--ls-ink") };
    layout.modebar = { bgcolor: "rgba(0,0,0,0)", color: colour("--ls-quiet"), activecolor: colour("--ls-accent") };
    if (layout.polar) {
      Object.assign(layout.polar.radialaxis, quiet);
      Object.assign(layout.polar.angularaxis, quiet);
      layout.margin = { t: 70, l: 105, r: 105, b: 40 };
    } else {
      Object.assign(layout.xaxis, quiet);
      Object.assign(layout.yaxis, quiet);
      layout.margin = { t: 90, l: 20, r: 20, b: 20 };
      layout.height = AROUND + ROW * layout.yaxis.categoryarray.length;
    }
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

// Makes answering easier; without this file everything works too.
// A tap brings the next question into view. Keys 1 to 5 answer, 0 is "don't know"; keys never scroll by themselves.
"use strict";

(() => {
  const form = document.querySelector("[data-questions]");
  if (!form) return;
  const questions = [...form.querySelectorAll("fieldset")];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let pointer = false;

  form.addEventListener("pointerdown", () => { pointer = true; });
  form.addEventListener("keydown", (event) => { pointer = false; answerByKey(event); });

  form.addEventListener("change", (event) => {
    const question = event.target.closest("fieldset");
    if (pointer && question) showNext(question);
    pointer = false;
  });

  function showNext(question) {
    const next = questions[questions.indexOf(question) + 1] || form.querySelector(".steps-bar");
    next.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }

  function answerByKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-5]$/.test(event.key)) return;
    const question = event.target.closest("fieldset");
    if (!question) return;
    const value = event.key === "0" ? "x" : event.key;
    const choice = question.querySelector(`input[value="${value}"]`);
    choice.checked = true;
    choice.focus();
    event.preventDefault();
  }
})();

// Makes answering easier; without this file everything works too.
// All pages from the first part to the check are there already: turning one needs no line.
"use strict";

(() => {
  const root = document.querySelector("[data-answering]");
  if (!root) return;
  const sections = [...root.querySelectorAll("[data-section]")];
  const check = root.querySelector("[data-check]");
  const closing = root.querySelector("[data-closing]");
  const questions = [...root.querySelectorAll("[data-question]")];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const isPreview = "preview" in root.dataset;
  const site = document.title.slice(document.title.lastIndexOf(" · "));
  let comesFromCheck = Boolean(root.querySelector("[data-to-check]:not([hidden])"));
  let usesPointer = false;

  // --- What is answered

  const chosen = (question) => question.querySelector("input:checked")?.value ?? "";
  const obstacles = () => [...closing.querySelectorAll("[name=obstacles]:checked")].map((box) => box.value);
  const remark = () => closing.querySelector("[name=remark]");
  const allAnswers = () => Object.fromEntries(questions.filter(chosen).map((one) => [one.id, chosen(one)]));

  function put(name, value) {
    const question = questions.find((one) => one.id === name);
    if (question) question.querySelectorAll("input").forEach((input) => { input.checked = input.value === value; });
    else if (name === "obstacles") closing.querySelectorAll("[name=obstacles]").forEach((box) => { box.checked = value.includes(box.value); });
    else if (name === "remark" && remark()) remark().value = value;
  }

  function putAll(values) {
    Object.entries(values).forEach(([name, value]) => put(name, value));
    if (!check.hidden) showCheck();
  }

  // --- Saving

  const saver = isPreview ? null : startSaver();

  function startSaver() {
    if ("sharedDevice" in root.dataset) Saver.forgetOthers(root.dataset.key);
    const made = new Saver({
      saveUrl: root.dataset.save,
      key: root.dataset.key,
      csrf: root.querySelector("[name=csrfmiddlewaretoken]").value,
      serverNow: Number(root.dataset.now),
      onState: showState,
      onNewer: putAll,
    });
    root.querySelector("[data-save-bar]").hidden = false;
    return made;
  }

  // With what an earlier page could not send, and with what was answered here before this script had come.
  function catchUp() {
    const early = answeredBeforeTheScript();
    for (const [name, entry] of saver.pending) if (!early.has(name)) put(name, entry.value);
    for (const [name, value] of early) saver.record(name, value);
    if (saver.pending.size) saver.tell();
  }

  // What differs from what the server sent. On a page that was loaded again the browser itself may have put back what
  // it showed before, which can be older than what another device answered since: there the server's is shown.
  function answeredBeforeTheScript() {
    const early = new Map();
    const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    const fields = [...root.querySelectorAll("[data-question] input, [name=obstacles], [name=remark]")];
    for (const field of fields.filter((one) => one.checked !== one.defaultChecked || isTyped(one))) {
      const question = field.closest("[data-question]");
      if (!isNew) putBack(field);
      else if (question) early.set(question.id, chosen(question));
      else if (field.name === "obstacles") early.set("obstacles", obstacles());
      else early.set("remark", field.value);
    }
    return early;
  }

  const isTyped = (field) => field.name === "remark" && field.value !== field.defaultValue;

  function putBack(field) {
    if (field.name === "remark") field.value = field.defaultValue;
    else field.checked = field.defaultChecked;
  }

  function showState(state, count) {
    const line = root.querySelector("[data-save-state]");
    const text = stateText(line.dataset, state, count);
    line.textContent = text;
    line.classList.toggle("save-trouble", state !== "saved" && state !== "waiting");
    announce(state, text);
  }

  function stateText(texts, state, count) {
    if (state === "saved") return texts.saved.replace("TIME", time(saver.savedAt));
    if (state === "waiting") return (count === 1 ? texts.one : texts.many).replace("COUNT", count);
    if (state !== "offline") return texts[state];
    if (!saver.keeps) return texts.unkept;
    return (count === 1 ? texts.offlineOne : texts.offlineMany).replace("COUNT", count);
  }

  const time = (moment) => `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;

  // Aloud only what a listener would want to be told: not every "Saved", but trouble, and its end.
  let announced = "saved";
  function announce(state, text) {
    if (state === "waiting" || state === announced) return;
    announced = state;
    root.querySelector("[data-save-announcement]").textContent = text;
  }

  // --- Turning pages

  const shown = () => sections.find((section) => !section.hidden);
  const isTooMany = () => obstacles().length > 3;

  function show(section, { target = null, isNew = true } = {}) {
    sections.forEach((one) => { one.hidden = one !== section; });
    if (section === check) { comesFromCheck = false; showCheck(); }
    root.querySelectorAll("[data-to-check]").forEach((button) => { button.hidden = !comesFromCheck; });
    questions.forEach((one) => { one.querySelector("[data-still-open]").hidden = !comesFromCheck || Boolean(chosen(one)); });
    const title = section.querySelector("h1");
    document.title = title.dataset.title + site;
    if (isNew) history.pushState(null, "", section.dataset.path);
    if (target) {
      target.scrollIntoView({ block: "start" });
      target.querySelector("input").focus({ preventScroll: true });
    } else {
      window.scrollTo(0, 0);
      title.focus({ preventScroll: true });
    }
    saver?.flush();
  }

  function turn(section, go) {
    if (section.contains(closing) && showTooMany()) return true;
    const next = go === "check" ? check : sections[sections.indexOf(section) + (go === "back" ? -1 : 1)];
    if (!next) return false;
    show(next);
    return true;
  }

  root.addEventListener("submit", (event) => {
    const section = event.target.closest("[data-section]");
    if (section === check) {
      if (!saver) return;
      event.preventDefault();
      sendAll();
    } else if (turn(section, event.submitter?.value ?? "on")) {
      event.preventDefault();
    }
  });

  window.addEventListener("popstate", () => {
    const section = sections.find((one) => one.dataset.path === location.pathname);
    if (section) show(section, { isNew: false });
  });

  // A page out of the browser's memory may be older than what is saved, or another person's.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // --- Answering

  root.addEventListener("pointerdown", () => { usesPointer = true; });
  root.addEventListener("keydown", (event) => {
    usesPointer = false;
    const question = event.target.closest("[data-question]");
    if (!question || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") goOn(event, question);
    else if (/^[0-5]$/.test(event.key)) answerByKey(event, question);
  });

  root.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]");
    if (question) {
      saver?.record(question.id, chosen(question));
      question.querySelector("[data-still-open]").hidden = true;
      if (usesPointer) showNext(question);
    } else if (event.target.name === "obstacles" && !showTooMany()) {
      saver?.record("obstacles", obstacles());
    }
    usesPointer = false;
  });

  root.addEventListener("input", (event) => {
    if (event.target.name === "remark") saver?.record("remark", event.target.value);
  });

  function showTooMany() {
    const line = closing.querySelector("[data-too-many]");
    line.hidden = !isTooMany();
    line.textContent = line.dataset.tooMany.replace("COUNT", obstacles().length);
    return !line.hidden;
  }

  function after(question) {
    const next = questions[questions.indexOf(question) + 1];
    return next && shown().contains(next) ? next : null;
  }

  function showNext(question) {
    const next = after(question) ?? shown().querySelector(".steps-bar");
    next.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }

  function answerByKey(event, question) {
    const choice = question.querySelector(`input[value="${event.key === "0" ? "x" : event.key}"]`);
    choice.focus();
    if (!choice.checked) choice.click();
    event.preventDefault();
  }

  // Enter would send the form; here it goes to the next question.
  function goOn(event, question) {
    if (event.target.type !== "radio") return;
    event.preventDefault();
    const next = after(question);
    (next ? next.querySelector("input:checked") ?? next.querySelector("input") : shown().querySelector("button[value=on]")).focus();
  }

  // --- Checking and sending

  function showCheck() {
    const open = questions.filter((one) => !chosen(one));
    const answered = questions.filter((one) => /^[1-5]$/.test(chosen(one))).length;
    check.querySelector("[data-answered]").textContent = answered;
    const tooLittle = check.querySelector("[data-too-little]");
    tooLittle.hidden = answered >= Number(tooLittle.dataset.minimum);
    check.querySelector("[data-open-questions]").hidden = !open.length;
    check.querySelectorAll("[data-open-question]").forEach((link) => {
      link.hidden = !open.some((one) => one.id === link.dataset.openQuestion);
    });
    check.querySelectorAll("[data-open-part]").forEach((part) => {
      part.hidden = !part.querySelector("[data-open-question]:not([hidden])");
    });
  }

  check.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ("toClosing" in link.dataset) {
      event.preventDefault();
      show(sections[sections.indexOf(check) - 1]);
    } else if (link.dataset.openQuestion) {
      event.preventDefault();
      const question = questions.find((one) => one.id === link.dataset.openQuestion);
      comesFromCheck = true;
      show(question.closest("[data-section]"), { target: question });
    }
  });

  let isSending = false;

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    const line = check.querySelector("[data-send-state]");
    const sending = `leerscan-${root.dataset.key}-sending`;
    const answers = allAnswers();
    for (let tries = 0; ; tries += 1) {
      line.hidden = false;
      line.textContent = line.dataset.busy;
      remember(sending, JSON.stringify(answers));
      const response = await saver.finish(root.dataset.send, { answers, again: tries > 0 });
      if (response?.ok) {
        remember(sending, null);
        location.assign(root.dataset.result);
        return;
      }
      if (response && response.status < 500 && response.status !== 429) break;
      line.textContent = line.dataset.failed;
      await new Promise((resolve) => { setTimeout(resolve, saver.pause()); window.addEventListener("online", resolve, { once: true }); });
    }
    // The server refuses, and says why on a page of its own; what can still be saved is.
    remember(sending, null);
    await saver.flush();
    check.querySelector("[data-sending]").submit();
  }

  // So that a page that was loaded again, after an answer was lost on the way back, can still show the own result.
  function remember(key, text) {
    try {
      if (text === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, text);
    } catch {
      // Then not.
    }
  }

  // The language form stays on the page in sight, and takes along what is not confirmed: it is kept in the browser.
  document.querySelectorAll("form.language-form").forEach((form) => {
    form.addEventListener("submit", () => { form.querySelector("[name=page]").value = shown().dataset.path; });
  });

  if (saver) catchUp();
  if (!check.hidden) showCheck();
})();

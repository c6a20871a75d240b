// Gets answers to the server. What was not confirmed yet is kept in the browser, and sent when the line is back.
// Per question the newest answer counts, by the moment of tapping on the server's clock (docs/decisions/0013).
"use strict";

class Saver {
  static BATCH = 3;
  static PATIENCE = 15_000;
  static RETRIES = [2_000, 4_000, 8_000, 15_000, 30_000];
  static KEPT_DAYS = 60;

  // `onState` hears a name (saved, waiting, offline, reload, gone, sent) and how many answers are not confirmed.
  // `onNewer` hears what another device answered later: {question: value}.
  constructor({ saveUrl, key, csrf, serverNow, onState, onNewer }) {
    Object.assign(this, { saveUrl, csrf, onState, onNewer });
    this.prefix = `leerscan-${key}-`;
    this.clock = Saver.clockOfLoading(serverNow);
    this.pending = new Map();
    this.sinceFlush = 0;
    this.failures = 0;
    this.ended = "";
    this.keeps = true;
    this.readKept();
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.flush({ leaving: true }); });
    window.addEventListener("pagehide", () => this.flush({ leaving: true }));
  }

  // How far the server's clock is ahead, from when the page was asked for and came; `trip` is how long that took. The
  // shorter the trip, the better the guess.
  static clockOfLoading(serverNow) {
    const [loading] = performance.getEntriesByType("navigation");
    if (!loading || !loading.responseStart) return { ahead: serverNow - Date.now(), trip: Infinity };
    const middle = Date.now() - performance.now() + (loading.requestStart + loading.responseStart) / 2;
    return { ahead: serverNow - middle, trip: loading.responseStart - loading.requestStart };
  }

  record(name, value) {
    const before = this.pending.get(name);
    const at = Math.max(Date.now(), before ? before.at + 1 : 0);
    if (!before || before.isSending) this.sinceFlush += 1;
    this.pending.set(name, { value, at });
    this.keep(name);
    if (this.sinceFlush >= Saver.BATCH && !this.failures) this.flush();
    else this.tell();
    this.plan(Saver.PATIENCE);
  }

  // Sends what is not confirmed. With one request under way the rest follows it; when the page is left it does not wait.
  async flush({ leaving = false } = {}) {
    if (this.ended || !this.pending.size || (this.request && !leaving)) return this.request;
    const request = this.send(this.saveUrl, {}, leaving).finally(() => {
      if (this.request === request) this.request = null;
      if (!this.ended && this.pending.size) this.plan(this.failures ? this.pause() : Saver.PATIENCE);
    });
    this.request = request;
    return request;
  }

  // The last request: with everything the page shows, in case its answer gets lost on the way back.
  async finish(url, more) {
    clearTimeout(this.timer);
    while (this.request) await this.request;
    const request = this.send(url, more).finally(() => { this.request = null; });
    this.request = request;
    return request;
  }

  // Posts the unconfirmed answers with `more`; gives the response, or null when none came.
  async send(url, more, leaving = false) {
    const sent = new Map(this.pending);
    const changes = {};
    for (const [name, entry] of sent) {
      changes[name] = [entry.value, Math.round(entry.at + this.clock.ahead)];
      entry.isSending = true;
    }
    this.sinceFlush = 0;
    const begun = Date.now();
    let response = null;
    try {
      response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
        body: JSON.stringify({ changes, ...more }),
        keepalive: leaving,
        signal: AbortSignal.timeout ? AbortSignal.timeout(Saver.PATIENCE) : undefined,
      });
      const content = response.ok ? await response.json() : null;
      if (content) this.confirm(sent, content, begun);
    } catch {
      response = null;
    }
    this.judge(response);
    return response;
  }

  confirm(sent, content, begun) {
    const trip = Date.now() - begun;
    if (trip < this.clock.trip) this.clock = { ahead: content.now - (begun + Date.now()) / 2, trip };
    for (const [name, entry] of sent) {
      if (this.pending.get(name) === entry) this.pending.delete(name);
      this.dropKept(name, entry.at);
    }
    const newer = Object.entries(content.newer || {}).filter(([name]) => !this.pending.has(name));
    if (newer.length) this.onNewer(Object.fromEntries(newer));
    this.savedAt = new Date();
  }

  judge(response) {
    const status = response ? response.status : 0;
    this.failures = response && response.ok ? 0 : this.failures + 1;
    if (status === 404) this.ended = "gone";
    if (status === 410) this.ended = "sent";
    if (status === 400 || status === 403) this.ended = "reload";
    this.tell();
  }

  tell() {
    const state = this.ended || (!this.pending.size ? "saved" : this.failures ? "offline" : "waiting");
    if (state !== "saved" || this.savedAt) this.onState(state, this.pending.size);
  }

  pause() {
    return Saver.RETRIES[Math.min(this.failures, Saver.RETRIES.length) - 1];
  }

  // At most one timer, for the earliest moment asked.
  plan(wait) {
    const due = Date.now() + wait;
    if (this.timer && this.due <= due && this.due > Date.now()) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => { this.timer = null; this.flush(); }, wait);
  }

  // What the browser keeps: each answer by itself, so that two tabs do not undo each other.

  keep(name) {
    try {
      localStorage.setItem(this.prefix + name, JSON.stringify(this.pending.get(name)));
    } catch {
      this.keeps = false;
    }
  }

  dropKept(name, at) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.prefix + name) || "null");
      if (kept && kept.at <= at) localStorage.removeItem(this.prefix + name);
    } catch {
      this.keeps = false;
    }
  }

  readKept() {
    const oldest = Date.now() - Saver.KEPT_DAYS * 86_400_000;
    for (const [key, entry] of Saver.allKept()) {
      if (!entry || !(entry.at > oldest)) localStorage.removeItem(key);
      else if (key.startsWith(this.prefix)) this.pending.set(key.slice(this.prefix.length), entry);
    }
    if (this.pending.size) setTimeout(() => this.flush(), 0);
  }

  static allKept() {
    try {
      return Saver.keysIn(localStorage).map((key) => [key, JSON.parse(localStorage.getItem(key))]);
    } catch {
      return [];
    }
  }

  static keysIn(storage) {
    return Object.keys(storage).filter((key) => key.startsWith("leerscan-"));
  }

  // On a device that others use too: whatever is left of other questionnaires.
  static forgetOthers(key) {
    try {
      for (const storage of [localStorage, sessionStorage]) {
        for (const name of Saver.keysIn(storage)) if (!name.startsWith(`leerscan-${key}-`)) storage.removeItem(name);
      }
    } catch {
      // The browser keeps nothing.
    }
  }
}

/* <form data-autosave-url="…"> with a [data-autosave-status] line: a change is posted after a short
   pause. Off line the answers are kept on this device, sent when the network is back, and offered
   again after a restart. The words come from the status line's data attributes.
   The server answers JSON: { saved_at: "14:32:07", message: "…", fields: { base_version: "4" } }. */
const PAUSE = 1200;
const AGAIN = 30000;
const clock = () => new Date().toTimeString().slice(0, 8);

class Autosave {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
    this.key = `soket:draft:${form.dataset.autosaveKey || form.dataset.autosaveUrl}`;
    this.busy = false;
    this.dirty = false;
    form.addEventListener("input", () => this.wait());
    form.addEventListener("submit", () => clearTimeout(this.timer));
    addEventListener("online", () => this.dirty && this.save());
    this.offer();
  }

  entries() {
    const secret = (name) => name === "csrfmiddlewaretoken";
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !secret(name));
  }

  say(state, time = "", detail = "") {
    if (!this.line) return;
    this.line.dataset.state = state;
    this.line.setAttribute("aria-live", state === "saving" || state === "saved" ? "off" : "polite");
    this.line.textContent = detail || (this.line.dataset[state] || "").replace("{time}", time);
  }

  wait() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  keep(state) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: clock(), entries: this.entries() }));
      this.say(state, clock());
    } catch {
      this.say("refused");
    }
  }

  async save() {
    if (this.busy) return this.wait();
    this.busy = true;
    this.dirty = false;
    this.say("saving");
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
    try {
      const headers = { "X-Partial": "autosave", Accept: "application/json" };
      const answer = await fetch(this.form.dataset.autosaveUrl, { method: "POST", body, headers, credentials: "same-origin" });
      if (answer.redirected || answer.status === 401 || answer.status === 403) return this.hold("signedout");
      if (answer.status >= 500) return this.hold("offline");
      this.take(answer, await answer.json().catch(() => ({})));
    } catch {
      this.hold("offline");
    } finally {
      this.busy = false;
    }
    return undefined;
  }

  hold(state) {
    this.dirty = true;
    this.keep(state);
    this.timer = setTimeout(() => this.save(), AGAIN);
  }

  take(answer, told) {
    for (const [name, value] of Object.entries(told.fields || {})) {
      const field = this.form.elements.namedItem(name);
      if (field) field.value = value;
    }
    if (!answer.ok) {
      this.keep("refused");
      if (told.message) this.say("refused", "", told.message);
      return;
    }
    localStorage.removeItem(this.key);
    this.say("saved", told.saved_at || clock());
  }

  offer() {
    const kept = JSON.parse(localStorage.getItem(this.key) || "null");
    if (!kept || !this.line) return;
    if (JSON.stringify(kept.entries) === JSON.stringify(this.entries())) return localStorage.removeItem(this.key);
    this.say("ask", kept.at);
    const choice = (words, act) => {
      const button = document.createElement("button");
      [button.type, button.className, button.textContent] = ["button", "btn btn--t s13", words];
      button.addEventListener("click", () => (act(), localStorage.removeItem(this.key)));
      this.line.append(" ", button);
    };
    choice(this.line.dataset.restore, () => this.restore(kept.entries));
    choice(this.line.dataset.discard, () => this.say(""));
    return undefined;
  }

  restore(entries) {
    for (const field of this.form.elements) if (field.matches("[type=radio], [type=checkbox]")) field.checked = false;
    for (const [name, value] of entries) {
      for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.matches("[type=radio], [type=checkbox]")) field.checked ||= field.value === value;
        else if (!field.matches("[type=hidden], [type=file]")) field.value = value;
      }
    }
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const form of document.querySelectorAll("form[data-autosave-url]")) new Autosave(form);

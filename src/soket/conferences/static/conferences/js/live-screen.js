/* <live-screen>: fills what the server rendered with each new snapshot. data-s names a place in the snapshot,
   data-if shows an element when that place holds something, data-list repeats its <template>, data-r names a place in a row. */
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" });
const EXACT = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const at = (thing, path) => path.split(".").reduce((value, key) => value?.[key], thing);
const holds = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
const minutes = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;

class LiveScreen extends HTMLElement {
  connectedCallback() {
    this.state = JSON.parse(this.querySelector("[data-state]").dataset.state);
    this.offset = Date.parse(this.dataset.now) - Date.now();
    this.heard = Date.now();
    document.addEventListener("live:state", (event) => this.show(event.detail.snapshot));
    document.addEventListener("live:heard", () => (this.heard = Date.now()));
    document.addEventListener("live:link", (event) => this.link(event.detail));
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show(state) {
    this.state = state;
    this.heard = Date.now();
    for (const place of this.querySelectorAll("[data-s]")) place.textContent = at(state, place.dataset.s) ?? place.dataset.else ?? "";
    for (const place of this.querySelectorAll("[data-if]")) place.hidden = !holds(at(state, place.dataset.if));
    for (const place of this.querySelectorAll("[data-unless]")) place.hidden = holds(at(state, place.dataset.unless));
    for (const list of this.querySelectorAll("[data-list]")) this.rows(list, at(state, list.dataset.list) ?? []);
    const heading = this.querySelector("h1").textContent.trim();
    document.title = `${heading} – ${document.title.split(" – ").pop()}`;
    this.tick();
  }

  rows(list, rows) {
    const mould = list.querySelector("template");
    for (const old of [...list.children]) if (old !== mould) old.remove();
    for (const row of rows) {
      const made = mould.content.cloneNode(true);
      for (const place of made.querySelectorAll("[data-r]")) {
        const value = place.dataset.r === "." ? row : at(row, place.dataset.r);
        place.textContent = "time" in place.dataset ? CLOCK.format(new Date(value)) : (value ?? "");
        if (place.hasAttribute("href")) place.href = row.url;
      }
      list.append(made);
    }
  }

  tick() {
    const now = Date.now() + this.offset;
    const { ends_at: ends, paused, left, speaking } = this.state;
    const clock = this.querySelector("[data-countdown]");
    const seconds = paused ? left : ends ? Math.floor((Date.parse(ends) - now) / 1000) : null;
    clock.textContent = seconds === null ? "–" : `${seconds < 0 ? "+" : ""}${minutes(Math.abs(seconds))}`;
    clock.classList.toggle("clock--over", seconds !== null && seconds < 0);
    const spoken = this.querySelector("[data-spoken]");
    if (spoken && speaking) spoken.textContent = minutes(speaking.before_s + Math.max(0, Math.floor((now - Date.parse(speaking.began_at)) / 1000)));
    this.querySelector("[data-age]").textContent = EXACT.format(new Date(this.heard + this.offset));
    this.querySelector("[data-ago]").textContent = Math.floor((Date.now() - this.heard) / 1000);
  }

  link({ state }) {
    const words = this.querySelector("[data-link]");
    words.textContent = words.dataset[state];
    this.querySelector(".hall").classList.toggle("hall--blind", state === "blind");
    this.tick();
  }
}

customElements.define("live-screen", LiveScreen);

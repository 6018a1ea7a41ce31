/* <live-feed data-url data-poll data-sequence data-ack>: the newest snapshot of a channel, by event stream or by asking.
   Tells the document of it: "live:state" (detail: snapshot, sequence, missed), "live:heard" at each sign of life, and
   "live:link" (detail: state "live", "polling" or "blind", since). A snapshot stands alone, so a hole is only counted; older ones are dropped. */
const ASK_MS = 4000;
const SILENT_MS = 25000;
const LONGEST_MS = 30000;

class LiveFeed extends HTMLElement {
  connectedCallback() {
    this.sequence = Number(this.dataset.sequence || 0);
    this.heard = Date.now();
    this.wait = 1000;
    this.tell("polling");
    if (this.dataset.url && "EventSource" in window) this.listen();
    this.plan(this.source ? SILENT_MS : 0);
    addEventListener("online", (this.back = () => this.ask()));
  }

  disconnectedCallback() {
    this.source?.close();
    clearTimeout(this.timer);
    clearTimeout(this.retry);
    removeEventListener("online", this.back);
  }

  listen() {
    const joined = this.dataset.url.includes("?") ? "&" : "?";
    this.source = new EventSource(`${this.dataset.url}${joined}sau=${this.sequence}`);
    this.source.addEventListener("state", (event) => this.stream(JSON.parse(event.data)));
    this.source.addEventListener("beat", () => this.stream(null));
    this.source.addEventListener("error", () => {
      if (this.link === "live") this.tell("polling");
      this.plan(0);
      if (this.source.readyState !== EventSource.CLOSED) return;
      this.source = null;
      this.wait = Math.min(this.wait * 2, LONGEST_MS);
      this.retry = setTimeout(() => this.listen(), this.wait * (0.5 + Math.random()));
    });
  }

  stream(snapshot) {
    this.wait = 1000;
    this.heard = Date.now();
    this.send("live:heard", {});
    this.tell("live");
    this.plan(SILENT_MS);
    if (snapshot) this.take(snapshot);
  }

  plan(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), after);
  }

  async ask() {
    clearTimeout(this.timer);
    try {
      const answer = await fetch(`${this.dataset.poll}?sau=${this.sequence}`, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const given = await answer.json();
      this.heard = Date.now();
      this.send("live:heard", {});
      if (this.link !== "live" || this.source?.readyState !== EventSource.OPEN) this.tell("polling");
      if (given.snapshot) this.take(given.snapshot);
    } catch {
      this.tell("blind");
    }
    const open = this.source?.readyState === EventSource.OPEN && this.link === "live";
    this.plan(open ? SILENT_MS : ASK_MS * (0.75 + Math.random() / 2));
  }

  take(snapshot) {
    if (snapshot.sequence <= this.sequence) return;
    const missed = snapshot.sequence - this.sequence - 1;
    this.sequence = snapshot.sequence;
    this.send("live:state", { snapshot, sequence: this.sequence, missed });
    if (this.dataset.ack && this.link === "live") requestAnimationFrame(() => this.confirm(snapshot));
  }

  confirm(snapshot) {
    const took = Math.max(0, Date.now() - Date.parse(snapshot.at));
    fetch(`${this.dataset.ack}?n=${snapshot.sequence}&ms=${took}`, { method: "POST", mode: "no-cors", keepalive: true }).catch(() => {});
  }

  tell(state) {
    if (state === this.link) return;
    this.link = state;
    this.send("live:link", { state, since: new Date(state === "blind" ? this.heard : Date.now()) });
  }

  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define("live-feed", LiveFeed);

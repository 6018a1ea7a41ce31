/* The line to the server: sends what waits, fetches the list, tells that the desk lives. Events on `line`:
   "state" {online, since, waiting, shut}, "answers" [{id, outcome, says, n}], "list", "clock" text, "refused" text. */
import { drop, forget, getList, put, putList, waiting } from "./desk-store.js";

const BEAT_MS = 10000;
const BLOCK = 500;
const HEADERS = { "Content-Type": "application/json", "X-Soket-Desk": "1" };

class Line extends EventTarget {
  online = navigator.onLine;
  since = new Date();
  shut = false;
  sequence = 0;
  took = null;
  tag = "";

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async state(online = this.online) {
    if (online !== this.online) this.since = new Date();
    this.online = online;
    this.waiting = (await this.own()).length;
    this.tell("state", { online, since: this.since, waiting: this.waiting, shut: this.shut });
  }

  /* What waits for this site: a browser that kept another desk before still holds that one's scans for it. */
  async own() {
    return (await waiting()).filter((row) => row.site === this.site);
  }

  async ask(path, body) {
    const began = performance.now();
    const init = body ? { method: "POST", headers: HEADERS, body: JSON.stringify(body) } : { headers: this.tag ? { "If-None-Match": this.tag } : {} };
    const answer = await fetch(path, { ...init, cache: "no-store", signal: AbortSignal.timeout(15000) });
    if (answer.status === 404) {
      this.shut = true;
      await forget();
    }
    if (answer.status >= 500 || answer.status === 404) throw new Error(String(answer.status));
    this.took = Math.round(performance.now() - began);
    return answer;
  }

  /* Put something into the outbox and try to send. */
  async keep(kind, body) {
    const entry = { id: crypto.randomUUID(), site: this.site, kind, at: new Date().toISOString(), offline: !this.online, ...body };
    await put(entry);
    await this.state();
    this.send();
    return entry;
  }

  async send() {
    if (this.sending || this.shut) return;
    this.sending = true;
    try {
      for (let rows = await this.own(); rows.length; rows = await this.own()) {
        const scans = rows.filter((row) => row.kind === "scan").slice(0, BLOCK);
        if (scans.length) await this.scans(scans);
        else await this.other(rows[0]);
        await this.state(true);
      }
    } catch {
      await this.state(false);
    } finally {
      this.sending = false;
    }
  }

  async scans(rows) {
    const answer = await this.ask("/ban/diem-danh.json", { now: new Date().toISOString(), scans: rows });
    const given = await answer.json();
    if (!answer.ok && rows.length > 1) {
      for (const row of rows) await this.scans([row]);
      return;
    }
    if (answer.ok) this.tell("answers", given.answers);
    else this.tell("refused", `${rows[0].raw.slice(0, 20)}: ${given.error}`);
    if (given.clock) this.tell("clock", given.clock);
    await drop(rows.map((row) => row.id));
  }

  async other(row) {
    const answer = await this.ask(row.kind === "heads" ? "/ban/dem.json" : "/ban/trao.json", row);
    const given = await answer.json();
    this.tell(answer.ok ? row.kind : "refused", answer.ok ? given : given.error);
    await drop([row.id]);
  }

  async list() {
    const answer = await this.ask("/ban/danh-sach.json");
    if (answer.status === 200) {
      this.tag = answer.headers.get("ETag") || "";
      await putList(await answer.json());
    }
    this.tell("list", await getList());
  }

  async beat() {
    if (this.shut) return;
    try {
      const sent = { now: new Date().toISOString(), waiting: this.waiting || 0, sequence: this.sequence, delay: this.took, link: this.link || "polling" };
      const given = await (await this.ask("/ban/nhip.json", sent)).json();
      this.tell("clock", given.clock || "");
      await this.list();
      await this.state(true);
      await this.send();
    } catch {
      await this.state(false);
    }
  }

  begin() {
    this.beat();
    setInterval(() => this.beat(), BEAT_MS);
    addEventListener("online", () => this.beat());
    addEventListener("offline", () => this.state(false));
  }
}

export const line = new Line();

/* The desk: one field for numbers and names, the camera, the list, one large answer. Works the same with and without a line. */
import { look, photo, stop } from "./desk-camera.js";
import { take as takeAwards } from "./desk-awards.js";
import { forms } from "./desk-forms.js";
import { line } from "./desk-line.js";
import { byBadge, byNumber, draw, mark, take } from "./desk-list.js";
import { forget, getList, lasting } from "./desk-store.js";

const told = document.querySelector("[data-told]");
const words = told.dataset;
const find = document.querySelector("[data-find]");
const undo = document.querySelector("[data-undo]");
let last = null;

function tell(kind, text) {
  told.className = `desk__told desk__told--${kind}`;
  told.querySelector("p").textContent = text;
  told.hidden = false;
}

async function scan(raw, way, how) {
  const text = raw.trim();
  if (!text) return;
  const row = /^\d{1,9}$/.test(text) ? byNumber(Number(text)) : await byBadge(text);
  const entry = await line.keep("scan", { raw: text, way, how });
  last = { id: entry.id, raw: text, way, n: row?.n };
  undo.hidden = !row;
  if (!line.online) {
    const who = row ? `${row.n}, ${[row.name, ...row.titles].filter(Boolean)[0] || row.unit}` : text.slice(0, 20);
    tell(row ? "ok" : "wait", (row ? (way === "exit" ? words.bye : words.welcome) : words.unsure).replace("…", who));
  }
  if (row) mark(row.n, way === "entry");
}

line.addEventListener("answers", ({ detail }) => {
  const good = { accepted: "ok", elsewhere: "ok", already: "wait", conflict: "wait" };
  const one = detail.find((answer) => answer.id === last?.id);
  if (one) tell(good[one.outcome] || "no", one.says);
  if (one && !good[one.outcome] && last.n && one.outcome !== "not_in") mark(last.n, false);
  if (detail.length > 1) document.querySelector("[data-sent]").textContent = words.sent.replace("…", detail.length);
});
line.addEventListener("refused", ({ detail }) => tell("no", detail));
line.addEventListener("heads", ({ detail }) => (document.querySelector("[data-heads]").textContent = detail.count));
line.addEventListener("clock", ({ detail }) => {
  const note = document.querySelector("[data-clock]");
  note.textContent = detail;
  note.hidden = !detail;
});
line.addEventListener("list", ({ detail }) => detail && (take(detail), takeAwards(detail)));
line.addEventListener("state", ({ detail }) => {
  const bar = document.querySelector("[data-line]");
  const clock = (at) => at.toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour12: false });
  bar.classList.toggle("desk__line--off", !detail.online);
  bar.querySelector("[data-link]").textContent = detail.shut ? words.shut : detail.online ? words.online.replace("…", clock(new Date())) : words.offline.replace("…", clock(detail.since));
  bar.querySelector("[data-waiting]").textContent = detail.waiting ? words.waiting.replace("…", detail.waiting) : words.nothing;
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-scan]");
  if (!form) return;
  event.preventDefault();
  const typed = form.contains(find);
  if (typed && !/^\s*(\d{1,9}|SOKET:.+)\s*$/.test(find.value)) return void tell("wait", words.choose);
  scan(form.elements.raw.value, form.elements.way.value, typed ? (find.value.startsWith("SOKET:") ? "qr" : "typed") : "list");
  if (typed) find.value = "";
  draw();
});
find.addEventListener("input", () => draw());
undo.addEventListener("click", () => {
  if (!last) return;
  scan(String(last.n ?? last.raw), last.way === "entry" ? "exit" : "entry", "list");
  undo.hidden = true;
});
document.querySelector("[data-camera]").addEventListener("click", async ({ currentTarget: button }) => {
  const on = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!on));
  if (on) return stop();
  await look((text) => scan(text, "entry", "qr")).catch(() => tell("no", words.nocamera));
  button.setAttribute("aria-pressed", "false");
});
document.querySelector("[data-photo]").addEventListener("change", async ({ currentTarget: input }) => {
  const text = input.files[0] ? await photo(input.files[0]).catch(() => null) : null;
  input.value = "";
  if (text) scan(text, "entry", "qr");
  else tell("no", words.nocode);
});
document.addEventListener("live:state", ({ detail }) => {
  line.sequence = detail.sequence;
  const { item, called } = detail.snapshot;
  document.querySelector("[data-item]").textContent = item ? `${item.number}. ${item.title}` : "–";
  document.querySelector("[data-called]").hidden = !called.some((one) => one.site === Number(words.site));
});
document.addEventListener("live:link", ({ detail }) => (line.link = detail.state === "live" ? "live" : "polling"));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.matches("input, textarea, select")) {
    event.preventDefault();
    find.focus();
  }
});

document.documentElement.classList.add("scripted");
forms(tell);
document.querySelector("[data-leave]").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (line.waiting) return void tell("no", words.unsent.replace("…", line.waiting));
  await forget();
  (await navigator.serviceWorker?.getRegistration("/ban/"))?.active?.postMessage("wipe");
  event.target.submit();
});
document.querySelector("[data-unkept]").hidden = lasting;
line.site = words.site;
const kept = await getList();
if (kept?.site === document.querySelector("h1").textContent) (take(kept), takeAwards(kept));
line.sequence = Number(document.querySelector("live-feed")?.dataset.sequence || 0);
line.begin();
if ("serviceWorker" in navigator && lasting) {
  await navigator.serviceWorker.register("/ban/ban.js", { scope: "/ban/" }).catch(() => null);
  const ready = await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType("resource").map((one) => one.name);
  ready.active?.postMessage(used.filter((name) => new URL(name).pathname.startsWith("/static/")));
}

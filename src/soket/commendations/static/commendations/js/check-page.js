/* The page on which anyone checks a certificate. What the code says stays in this browser; without a line the last kept list serves. */
import { look, photo, stop } from "./check-camera.js";
import { able, read, Refusal } from "./check-core.js";
import { keys, status } from "./check-store.js";

const form = document.querySelector("[data-check]");
const box = form.elements.text;
const place = document.querySelector("[data-place]");
const shape = document.querySelector("#result");
const { words, grounds } = JSON.parse(form.dataset.words);
const { keysUrl, statusUrl, workerUrl, scope, jsqr } = form.dataset;
const language = document.documentElement.lang;
const video = document.querySelector("[data-video]");
const here = await able();
let turn = 0;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function day(text) {
  const [year, month, date] = text.split("-");
  if (language === "vi") return `${date}/${month}/${year}`;
  return new Date(`${text}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

function instant(at) {
  const zone = { timeZone: "Asia/Ho_Chi_Minh" };
  return `${day(at.toLocaleDateString("sv-SE", zone))}, ${at.toLocaleTimeString("en-GB", zone)} (GMT+7)`;
}

function age(at) {
  const seconds = Math.max(1, Math.round((Date.now() - at) / 1000));
  const minutes = Math.round(seconds / 60);
  const longer = minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  const [count, unit] = seconds < 60 ? [seconds, "second"] : minutes < 60 ? [minutes, "minute"] : longer;
  return new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(-count, unit);
}

/* The page's one answer: what was found, what follows from it, what the code says. */
function show(kind, values = {}, said = null, notes = []) {
  const answer = shape.content.cloneNode(true);
  const root = answer.firstElementChild;
  root.classList.add(`check--${kind}`);
  root.querySelector("[data-verdict]").textContent = filled(words[kind], values);
  root.querySelector("[data-explain]").textContent = filled(words[`${kind}_more`] || "", values);
  root.querySelector("[data-notes]").replaceChildren(...notes.map((note) => Object.assign(document.createElement("p"), { textContent: note })));
  root.querySelectorAll("[data-fact]").forEach((row) => {
    const value = said?.[row.dataset.fact];
    row.hidden = !value;
    row.querySelector("dd").textContent = value || "";
  });
  root.querySelector("dl").hidden = !said;
  place.replaceChildren(answer);
  place.scrollIntoView({ block: "nearest" });
}

function facts(said, trusted) {
  const signed = trusted.find((key) => key.id === said.keyId);
  const achievement = said.achievement.startsWith("#") ? filled(words.mark, { mark: said.achievement.slice(1) }) : said.achievement;
  return { ...said, achievement, dated: day(said.dated), reissue: said.reissue ? String(said.reissue) : "", key: signed.fingerprint };
}

async function check(text) {
  const mine = ++turn;
  place.replaceChildren();
  box.value = text.trim().split("#").pop();
  if (!here) return show("unable");
  const trusted = await keys(keysUrl);
  if (!trusted.length) return show("no_keys");
  try {
    const said = await read(text, trusted);
    const { list, fresh } = await status(statusUrl, trusted);
    if (mine !== turn) return undefined;
    const found = list?.of(said.serial);
    const kind = list ? found?.state || "unlisted" : "signature";
    const notes = list ? [filled(words.as_of, { at: instant(list.asOf) })] : [];
    if (list && !fresh) notes.push(filled(words.stored, { age: age(list.asOf) }));
    const values = { ...found, dated: found?.dated ? day(found.dated) : "", ground: grounds[found?.ground] || found?.ground, at: list ? instant(list.asOf) : "" };
    return show(kind, { ...values, basis: found?.basis ? ` (${found.basis})` : "" }, facts(said, trusted), notes);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return show(fault.code);
  }
}

const checked = (text) => (text ? check(text) : show("no_code"));
const fromAddress = () => location.hash.length > 1 && check(decodeURI(location.hash));

/* A browser that knows no Ed25519 sends the form to the server, as one without scripts does. */
form.addEventListener("submit", (event) => {
  if (!here) return;
  event.preventDefault();
  if (box.value.trim()) check(box.value);
});
addEventListener("hashchange", fromAddress);
document.querySelector("[data-photo]").addEventListener("change", async ({ currentTarget: input }) => {
  const file = input.files[0];
  if (file) checked(await photo(file, jsqr).catch(() => undefined));
  input.value = "";
});
document.querySelector("[data-camera]").addEventListener("click", async ({ currentTarget: button }) => {
  const on = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!on));
  if (on) return stop(video);
  const text = await look(video, jsqr).catch(() => show("no_camera"));
  stop(video);
  button.setAttribute("aria-pressed", "false");
  if (text) check(text);
  return undefined;
});

document.documentElement.classList.add("scripted");
document.querySelector("[data-sent]").hidden = here;
fromAddress();
if ("serviceWorker" in navigator && window.isSecureContext) {
  await navigator.serviceWorker.register(workerUrl, { scope }).catch(() => null);
  const ready = await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType("resource").map((one) => one.name);
  ready.active?.postMessage(used.filter((name) => new URL(name).pathname.startsWith("/static/")));
  await keys(keysUrl).then((trusted) => status(statusUrl, trusted));
  document.querySelector("[data-kept]").hidden = false;
}

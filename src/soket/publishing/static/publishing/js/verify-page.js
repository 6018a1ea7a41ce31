/* The page on which anyone checks a saved article. The file stays in this browser; only the article's address is asked about. */
import { able, instant, judge, Refusal } from "./verify-core.js";

const PATIENCE_MS = 5000;
const form = document.querySelector("[data-check]");
const input = form.elements.page;
const place = document.querySelector("[data-place]");
const shape = document.querySelector("#result");
const { words, parts } = JSON.parse(form.dataset.words);
const keys = JSON.parse(form.dataset.keys);
const language = document.documentElement.lang === "en" ? "en" : "vi";
const here = await able();
let turn = 0;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const code = (digest) => digest.slice(0, 16).toUpperCase().match(/.{4}/g).join("-");

function facts(manifest) {
  const { url, number, digest, content, fingerprint } = manifest;
  return { title: content.title, url, number, digest: code(digest), published: instant(content.published_at, language), key: fingerprint };
}

/* The page's one answer: what was found, what follows from it, and where the words part or what the copy says of itself. */
function show(kind, values = {}, { known = null, differs = null, frame = [] } = {}) {
  const answer = shape.content.cloneNode(true);
  const root = answer.firstElementChild;
  const said = { ...known, ...differs };
  root.classList.add(`verify--${kind}`);
  root.querySelector("[data-verdict]").textContent = filled(words[kind], values);
  root.querySelector("[data-explain]").textContent = filled(words[`${kind}_more`] || "", values);
  root.querySelectorAll("[data-fact]").forEach((row) => {
    const value = said[row.dataset.fact];
    const cell = row.querySelector("ins, del, a") || row.querySelector("dd");
    row.hidden = value === undefined || value === "";
    cell.textContent = value ?? "";
    if (cell.matches("a") && /^https?:/.test(value)) cell.href = value;
  });
  root.querySelector("[data-differs]").hidden = !differs;
  root.querySelector("[data-known]").hidden = !known;
  root.querySelector("[data-frame]").hidden = !frame.length;
  root.querySelector("[data-list]").replaceChildren(...frame.map((text) => Object.assign(document.createElement("li"), { textContent: text.slice(0, 400) })));
  place.replaceChildren(answer);
  place.scrollIntoView({ block: "nearest" });
}

async function standing(slug) {
  try {
    const address = `${form.dataset.standing}${encodeURIComponent(slug)}.json`;
    const answer = await fetch(address, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function refused(fault) {
  const { part = "", detail = "", before = "", expected = "", found = "" } = fault.about;
  const differs = fault.code === "words" ? { before, expected: expected || words.nothing, found: found || words.nothing } : null;
  show(fault.code, { part: parts[part] ?? part, detail }, { differs });
}

async function check(file) {
  const mine = ++turn;
  place.replaceChildren();
  if (!here) return show("unable");
  if (!keys.length) return show("no_keys");
  if (file.size > Number(form.dataset.most)) return show("too_big");
  try {
    const { manifest, frame } = await judge(new Uint8Array(await file.arrayBuffer()), keys);
    const now = await standing(manifest.slug);
    if (mine !== turn) return undefined;
    const same = now?.state === "published" && now.digest === manifest.digest;
    const kind = !now ? "offline" : same ? "genuine" : { published: "older", withdrawn: "withdrawn" }[now.state] || "gone";
    const values = { number: now?.number, reason: now?.reason, at: now?.at ? instant(now.at, language) : "" };
    return show(kind, values, { known: facts(manifest), frame });
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return refused(fault);
  }
}

/* A browser that knows no Ed25519 sends the form to the server, as one without scripts does. */
form.addEventListener("submit", (event) => {
  if (!here) return;
  event.preventDefault();
  if (input.files[0]) check(input.files[0]);
});
input.addEventListener("change", () => input.files[0] && check(input.files[0]));
document.querySelector("[data-sent]").hidden = here;
document.querySelector("[data-local]").hidden = !here;

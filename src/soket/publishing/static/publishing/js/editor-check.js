/* Looks the text over while it is written: it is posted after a pause and the answer, drawn by the server, replaces #check.
   Buttons in the answer put a suggestion into its place here; without this script they are sent as a form. */
const PAUSE = 900;
const form = document.querySelector("form[data-check-url]");
const place = document.querySelector("[data-check]");
let timer = 0;
let running = null;

// Places are counted in whole signs, a field in UTF-16 units.
const units = (text, signs) => Array.from(text).slice(0, signs).join("").length;

async function look() {
  clearTimeout(timer);
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.checkUrl, {
      method: "POST", body: new FormData(form), headers: { "X-Partial": "check" }, credentials: "same-origin", signal: running.signal,
    });
    if (!answer.ok || answer.redirected) return;
    const told = await answer.text();
    const focus = place.contains(document.activeElement);
    place.innerHTML = told;
    photographs();
    ready();
    if (focus) place.querySelector("h2")?.closest("section")?.querySelector("button")?.focus();
  } catch {
    // Off line: what was said last stays, and the next change asks again.
  }
}

// The words of each photograph that the text names now. What is being typed stays; what is named no more goes.
function photographs() {
  const told = place.querySelector("template[data-shown]");
  if (!told) return;
  const list = form.querySelector("[data-shown-list]");
  const kept = new Map([...list.children].map((part) => [part.dataset.photo, part]));
  const now = [...told.content.querySelectorAll("[data-photo]")].map((fresh) => {
    const own = kept.get(fresh.dataset.photo);
    if (!own) return fresh;
    own.querySelector("[data-place]").textContent = fresh.querySelector("[data-place]").textContent;
    return own;
  });
  if (now.length !== list.children.length || now.some((part, at) => part !== list.children[at])) {
    const active = list.contains(document.activeElement) ? document.activeElement : null;
    list.replaceChildren(...now);
    active?.focus();
  }
  list.closest("[data-shown-all]").hidden = !now.length;
  told.remove();
  form.dispatchEvent(new CustomEvent("soket:photographs"));
}

function ready() {
  for (const button of place.querySelectorAll("[data-goto]")) button.hidden = false;
}

function field(name) {
  return form.elements.namedItem(name);
}

function show(button) {
  const { goto: name, at, length } = button.dataset;
  const box = field(name);
  const start = units(box.value, Number(at));
  const end = units(box.value, Number(at) + Number(length));
  box.focus();
  box.setSelectionRange(start, end);
}

function fix(button) {
  const [name, at, old, text] = JSON.parse(button.value);
  const box = field(name);
  const start = units(box.value, at);
  if (box.value.slice(start, start + old.length) !== old) return look();
  box.setRangeText(text, start, start + old.length, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return look();
}

if (form && place) {
  ready();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  form.querySelector("[data-check-now]").addEventListener("click", async (event) => {
    event.preventDefault();
    await look();
    place.scrollIntoView({ block: "start" });
  });
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.goto) show(button);
    if (button?.name !== "fix") return;
    event.preventDefault();
    fix(button);
  });
}

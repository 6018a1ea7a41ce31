/* What is typed is kept on this device, by article and the revision it began from, until that text is saved. It is offered back when the
   page is opened again and differs. Off line nothing is sent: the line above the text says so. */
const PAUSE = 700;
const FIELDS = ["title", "lead", "body", "note", "byline", "source", "category", "photo"];
const form = document.querySelector("form[data-text]");
const line = document.querySelector("[data-keep-status]");
const prefix = form ? `soket:text:${form.dataset.text}:` : "";
const key = form ? `${prefix}${form.elements.namedItem("base").value}` : "";
let timer = 0;
let waiting = {}; // words kept for a photograph whose fields are not on the page yet

const box = (name) => form.elements.namedItem(name);
const ofPhotographs = () => [...form.elements].filter((one) => /^anh\d+-(?:caption|credit|alt)$/.test(one.name)).map((one) => one.name);
const entries = () => Object.fromEntries([...FIELDS.filter((name) => box(name)), ...ofPhotographs()].map((name) => [name, box(name).value.replaceAll("\r\n", "\n")]));

function say(state, time = "") {
  line.hidden = !state;
  line.dataset.state = state;
  line.textContent = (line.dataset[state] || "").replace("{time}", time);
}

function keep() {
  const at = new Date().toTimeString().slice(0, 8);
  try {
    localStorage.setItem(key, JSON.stringify({ at, entries: { ...waiting, ...entries() } }));
    say(navigator.onLine ? "kept" : "offline", at);
  } catch {
    say(""); // no room, or forbidden: nothing is promised
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    return null;
  }
}

function forget() {
  localStorage.removeItem(key);
  say("");
}

// A choice that the list does not have, such as a photograph taken out of the offer meanwhile, is left as it is.
function put() {
  for (const [name, text] of Object.entries(waiting)) {
    const one = box(name);
    if (!one) continue;
    if (one.tagName !== "SELECT" || [...one.options].some((option) => option.value === text)) one.value = text;
    delete waiting[name];
  }
}

function offer() {
  const kept = stored();
  if (!kept) return;
  const now = entries();
  if (Object.keys(now).every((name) => kept.entries[name] === undefined || kept.entries[name] === now[name])) return;
  say("ask", kept.at);
  const choice = (words, act) => {
    const button = document.createElement("button");
    [button.type, button.className, button.textContent] = ["button", "btn btn--t s13", words];
    button.addEventListener("click", act);
    line.append(" ", button);
  };
  choice(line.dataset.restore, () => {
    waiting = kept.entries;
    put();
    say("kept", kept.at);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  choice(line.dataset.discard, forget);
}

if (form && line) {
  // A newer revision was saved since: what was kept for older ones has been sent or was given up.
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix) && Number(name.slice(prefix.length)) < Number(key.slice(prefix.length))) localStorage.removeItem(name);
  offer();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keep();
    if (!navigator.onLine) event.preventDefault();
  });
  form.addEventListener("soket:photographs", put);
  addEventListener("offline", keep);
  addEventListener("online", () => stored() && say("kept", stored().at));
}

/* Figures and photographs beside the text: a press puts the token where one wrote last (title, lead or body); a photograph and a chart stand
   alone on their line of the body. Without this script the tokens are shown to be typed. */
const form = document.querySelector("form[data-text]");
const aside = document.querySelector(".aside");
const box = (name) => form.elements.namedItem(name);
const WORDS = ["title", "lead", "body"];
let last = form && box("body");

const alone = (text) => document.dispatchEvent(new CustomEvent("soket:block", { detail: text }));

// Words that were selected are kept as the wording of the figure: the look over says whether they are true of it.
function inline(token) {
  const [from, to] = [last.selectionStart, last.selectionEnd];
  const words = last.value.slice(from, to).trim();
  const before = /[^\s(“[]$/.test(last.value.slice(0, from)) && !words ? " " : "";
  const after = /^[\p{L}\p{N}]/u.test(last.value.slice(to)) && !words ? " " : "";
  const text = words && !token.includes("|") ? `${token.slice(0, -2)}|${words}}}` : before + token + after;
  last.focus();
  last.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) last.setRangeText(text, from, to, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
}

function underLead(button) {
  const select = box("photo");
  const id = button.dataset.lead;
  if (![...select.options].some((option) => option.value === id)) select.add(new Option(button.dataset.words, id));
  select.value = id;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  select.focus();
}

function ready(root) {
  for (const part of root.querySelectorAll("[data-do]")) part.hidden = false;
  for (const part of root.querySelectorAll("[data-without]")) part.hidden = true;
}

const ticked = () => [...aside.querySelectorAll("[data-bar]:checked")];

function charted() {
  const chosen = ticked();
  const button = aside.querySelector("[data-chart]");
  const said = document.getElementById("chart-said");
  const mixed = new Set(chosen.map((tick) => tick.dataset.group)).size > 1;
  button.disabled = !chosen.length || mixed;
  said.textContent = !chosen.length ? said.dataset.none : mixed ? said.dataset.mixed : `${said.dataset.ready} ${chosen.map((tick) => tick.dataset.bar).join(", ")}`;
}

async function find(asked) {
  const said = aside.querySelector("[data-pick-said]");
  const words = new URLSearchParams({ q: asked.elements.namedItem("q").value });
  try {
    const answer = await fetch(`${asked.dataset.pick}?${words}`, { headers: { "X-Partial": "photographs" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const list = aside.querySelector("[data-photographs]");
    list.innerHTML = await answer.text();
    ready(list);
    said.textContent = "";
  } catch {
    said.textContent = asked.dataset.unable;
  }
}

if (form && aside) {
  ready(aside);
  form.addEventListener("focusin", (event) => {
    if (WORDS.includes(event.target.name)) last = event.target;
  });
  aside.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.insert) (button.dataset.alone ? alone : inline)(button.dataset.insert);
    if (button?.dataset.lead) underLead(button);
    if (button && "chart" in button.dataset) {
      alone(`{{biểu đồ ${ticked().map((tick) => tick.dataset.bar).join(", ")}}}`);
      for (const tick of ticked()) tick.checked = false;
      charted();
    }
  });
  aside.addEventListener("change", (event) => event.target.dataset.bar && charted());
  aside.querySelector("[data-pick]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    find(event.target);
  });
}

/* The list of the site's delegates: found by a few letters without marks or by number, each with one button. */
const root = document.querySelector("[data-list]");
const empty = document.querySelector("[data-none]");
const template = document.querySelector("#row");
let rows = [];

export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export function take(list) {
  rows = (list?.rows || []).map((row) => ({ ...row, words: plain([row.n, row.name, ...row.titles, row.unit].join(" ")) }));
  draw();
}

export const byNumber = (number) => rows.find((row) => row.n === number);

/* Who bears this badge, by the digest that the list holds instead of the badge itself. */
export async function byBadge(text) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const head = [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 24);
  return rows.find((row) => row.q === head);
}

export function mark(number, here) {
  const row = byNumber(number);
  if (row) row.here = here;
  draw();
}

export function draw(asked = document.querySelector("[data-find]").value) {
  const words = plain(asked.trim()).split(/\s+/).filter(Boolean);
  const kept = rows.filter((row) => words.every((word) => row.words.includes(word)));
  const focused = document.activeElement?.closest?.("[data-n]")?.dataset.n;
  root.replaceChildren(...kept.map(one));
  empty.hidden = kept.length > 0;
  document.querySelector("[data-here]").textContent = rows.filter((row) => row.here).length;
  document.querySelector("[data-all]").textContent = rows.length;
  if (focused) root.querySelector(`[data-n="${focused}"] button`)?.focus();
}

function one(row) {
  const made = template.content.firstElementChild.cloneNode(true);
  made.dataset.n = row.n;
  made.querySelector("[data-number]").textContent = row.n;
  made.querySelector("[data-who]").textContent = [row.name, ...row.titles].filter(Boolean).join(", ");
  made.querySelector("[data-unit]").textContent = row.as ? `${row.unit} · ${row.as}` : row.unit;
  made.querySelector("[data-is]").hidden = !row.here;
  made.querySelector("[data-waits]").hidden = !row.waits;
  made.querySelector("[name=raw]").value = row.n;
  made.querySelector("[name=way]").value = row.here ? "exit" : "entry";
  const button = made.querySelector("button");
  button.firstChild.textContent = row.here ? button.dataset.exit : button.dataset.entry;
  button.classList.toggle("btn--2", row.here);
  button.querySelector(".vh").textContent = ` ${row.n}`;
  return made;
}

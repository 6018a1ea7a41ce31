/* The awards planned at this site, each with one button; one that waits in the outbox is shown as kept until the server has it. */
import { line } from "./desk-line.js";

const root = document.querySelector("[data-awards]");
const template = document.querySelector("#planned");
let rows = [];
let shown = "";

export function take(list) {
  rows = list?.awards || [];
  draw();
}

export async function draw() {
  const kept = new Set((await line.own()).filter((row) => row.award_id).map((row) => Number(row.award_id)));
  const states = rows.map((row) => (row.state === "open" && kept.has(row.id) ? "kept" : row.state));
  const now = JSON.stringify([rows, states]);
  if (now === shown) return;
  shown = now;
  root.replaceChildren(...rows.map((row, place) => one(row, states[place])));
  document.querySelector("[data-planned]").hidden = rows.length === 0;
  document.querySelector("[data-done]").textContent = rows.filter((row) => row.state === "done" || kept.has(row.id)).length;
  document.querySelector("[data-due]").textContent = rows.filter((row) => row.state !== "gone").length;
}

function one(row, state) {
  const made = template.content.firstElementChild.cloneNode(true);
  made.dataset.award = row.id;
  made.querySelector("[data-who]").textContent = row.who;
  made.querySelector("[data-what]").textContent = row.by ? `${row.what} · ${row.by}` : row.what;
  for (const tag of made.querySelectorAll("[data-state]")) tag.hidden = tag.dataset.state !== state;
  made.querySelector("form").hidden = state !== "open";
  made.querySelector("[name=award]").value = `${row.what}, ${row.who}`;
  made.querySelector("[name=award_id]").value = row.id;
  made.querySelector("button .vh").textContent = ` ${row.who}`;
  return made;
}

document.addEventListener("desk:kept", () => draw());
line.addEventListener("award", ({ detail }) => {
  for (const row of rows) if (row.id === detail.award_id) row.state = "done";
  draw();
  if (detail.award_id) line.list().catch(() => null); // what is kept for a page loaded without a line says so too
});
line.addEventListener("state", () => draw());

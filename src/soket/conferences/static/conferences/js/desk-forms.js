/* The count of the hall and awards handed over: kept in the outbox like scans, so that a cut line loses nothing. */
import { line } from "./desk-line.js";

export function forms(told) {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-kind]");
    if (!form) return;
    event.preventDefault();
    const body = Object.fromEntries([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "what", "id"].includes(name)));
    const planned = form.closest("[data-award]");
    planned?.querySelector("button").setAttribute("disabled", "");
    await line.keep(form.dataset.kind, body);
    if (planned) document.dispatchEvent(new CustomEvent("desk:kept"));
    told("ok", form.dataset.kept.replace("…", Object.values(body)[0]));
    form.reset();
  });
}

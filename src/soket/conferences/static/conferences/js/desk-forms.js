/* The count of the hall and awards handed over: kept in the outbox like scans, so that a cut line loses nothing. */
import { line } from "./desk-line.js";

export function forms(told) {
  for (const form of document.querySelectorAll("form[data-kind]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = Object.fromEntries([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "what", "id"].includes(name)));
      await line.keep(form.dataset.kind, body);
      told("ok", form.dataset.kept.replace("…", Object.values(body)[0]));
      form.reset();
    });
  }
}

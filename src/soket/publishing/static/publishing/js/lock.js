/* <form data-lock-url="…">: while the page is open its lock is kept, every four minutes and whenever the
   reader comes back to it. The server answers { until: "14:45" }, or 409 with { message } when another
   has the text by now; then the words stand in the line and nothing more is asked. */
const EVERY = 240000;

const form = document.querySelector("form[data-lock-url]");
if (form) {
  const line = form.querySelector("[data-lock-status]");
  const until = form.querySelector("[data-lock-until]");
  let asked = Date.now();

  const keep = async () => {
    asked = Date.now();
    try {
      const headers = { "X-Partial": "lock", Accept: "application/json" };
      const answer = await fetch(form.dataset.lockUrl, { method: "POST", body: new FormData(form), headers, credentials: "same-origin" });
      if (answer.status === 409) {
        clearInterval(timer);
        line.textContent = (await answer.json()).message;
        line.classList.add("late");
      } else if (answer.ok && !answer.redirected) until.textContent = (await answer.json()).until;
    } catch {
      /* off line: the lock ends by itself, and saving says so */
    }
  };
  const timer = setInterval(keep, EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && Date.now() - asked > 30000 && keep());
}

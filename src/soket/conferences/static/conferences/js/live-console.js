/* The chair's keys, and reading the console anew when the session has moved on. Keys act only while they are switched on
   (WCAG 2.1.4) and never while something is being typed. */
const KEYS = { ArrowRight: "next", ArrowLeft: "back", " ": "pause", u: "undo" };
const typing = () => document.activeElement?.matches("input:not([type=checkbox]), textarea, select");
const consoleOf = () => document.getElementById("console");

function stored() {
  try {
    return localStorage.getItem("soket-console-keys") !== "off";
  } catch {
    return true;
  }
}

function keep(on) {
  try {
    localStorage.setItem("soket-console-keys", on ? "on" : "off");
  } catch {
    /* a browser that keeps nothing still has the switch for this page */
  }
}

let on = stored();
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys]")) return;
  on = event.target.checked;
  keep(on);
});

document.addEventListener("keydown", (event) => {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing()) return;
  if (event.key === " " && document.activeElement?.matches("button, a, summary, [type=checkbox]")) return;
  const kind = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const button = kind && consoleOf().querySelector(`[data-key="${kind}"]:not([disabled])`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("live:state", (event) => {
  if (Number(consoleOf().dataset.seen) >= event.detail.sequence) return;
  if (typing() && document.activeElement.value) {
    consoleOf().querySelector("[data-newer]").hidden = false;
    return;
  }
  window.htmx.ajax("GET", location.pathname, { target: "#console", select: "#console", swap: "outerHTML" });
});

const sync = () => document.querySelectorAll("[data-keys]").forEach((box) => (box.checked = on));
document.addEventListener("htmx:afterSwap", sync);
sync();

/* The site's own part of its screen: being called shows at once; its requests are read anew when the session moves on. */
const part = document.querySelector("[data-site]");
const site = Number(part.dataset.site);
const life = { sequence: 0, link: "polling", delay: null };
const BEAT_MS = 10000;

async function beat() {
  const began = performance.now();
  const init = { method: "POST", headers: { "Content-Type": "application/json", "X-Soket-Desk": "1" }, body: JSON.stringify(life), keepalive: true };
  const answer = await fetch(part.dataset.beat, init).catch(() => null);
  if (answer?.ok) life.delay = Math.round(performance.now() - began);
}

document.addEventListener("live:link", ({ detail }) => (life.link = detail.state === "live" ? "live" : "polling"));
document.addEventListener("live:state", ({ detail }) => (life.sequence = detail.sequence));
life.sequence = Number(document.querySelector("live-feed")?.dataset.sequence || 0);
setInterval(beat, BEAT_MS);
setTimeout(beat, 1000);

document.addEventListener("live:state", async (event) => {
  const { called, queue, speaking, stage } = event.detail.snapshot;
  part.querySelector("[data-called]").hidden = !called.some((one) => one.site === site);
  const own = JSON.stringify([stage, queue.filter((one) => one.site === site), speaking?.site === site]);
  if (own === part.dataset.own) return;
  part.dataset.own = own;
  if (part.contains(document.activeElement) && document.activeElement.matches("input, select")) return;
  const answer = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = part.querySelector("details")?.open;
  const fresh = page.querySelector("[data-site]");
  part.replaceChildren(...fresh.childNodes);
  const fold = part.querySelector("details");
  if (fold && open) fold.open = true;
});

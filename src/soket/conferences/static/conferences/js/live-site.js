/* The site's own part of its screen: being called shows at once; its requests are read anew when the session moves on. */
const part = document.querySelector("[data-site]");
const site = Number(part.dataset.site);

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

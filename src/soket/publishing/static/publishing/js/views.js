/* Five seconds in sight are one reading: it is told once, then the fresh number is shown. Nothing is kept in the browser. */
const SECONDS = 5;
const AGAIN = [2000, 8000];

function whenRead(done) {
  let left = SECONDS * 1000;
  let since = 0;
  let timer = 0;
  function changed() {
    const seen = document.visibilityState === "visible"; // a page made in advance is hidden until it is opened
    if (seen && !since) {
      since = performance.now();
      timer = setTimeout(() => { document.removeEventListener("visibilitychange", changed); done(); }, left);
    } else if (!seen && since) {
      clearTimeout(timer);
      left = Math.max(0, left - (performance.now() - since));
      since = 0;
    }
  }
  document.addEventListener("visibilitychange", changed);
  changed();
}

/* What was not acknowledged is sent again; the server counts it once however often it comes. */
async function tell(url, pauses = AGAIN) {
  try {
    const answer = await fetch(url, { method: "POST", keepalive: true, cache: "no-store" });
    if (answer.status < 500) return answer.ok;
  } catch { /* the line broke */ }
  if (!pauses.length) return false;
  await new Promise((resolve) => setTimeout(resolve, pauses[0]));
  return tell(url, pauses.slice(1));
}

async function show(place) {
  const answer = await fetch(place.dataset.views, { cache: "no-store" }).catch(() => null);
  const readers = answer?.ok ? (await answer.json()).readers : null;
  if (readers === null) return;
  place.querySelector("[data-views-number]").textContent = readers.toLocaleString(document.documentElement.lang === "vi" ? "vi-VN" : "en-GB");
  place.hidden = false;
}

const place = document.querySelector("[data-views]");
if (place) {
  show(place);
  whenRead(async () => { if (await tell(place.dataset.views)) await show(place); });
}

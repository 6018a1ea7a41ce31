/* The trusted keys and the signed status list: from the server when it answers, else the last that this device kept. */
import { Refusal, readStatus } from "./check-core.js";

const NAME = "bk-data";
const PATIENCE_MS = 5000;

async function kept(url) {
  const found = window.caches ? await (await caches.open(NAME)).match(url) : undefined;
  return found?.text();
}

async function keep(url, text) {
  if (window.caches) await (await caches.open(NAME)).put(url, new Response(text, { headers: { "Content-Type": "application/json" } }));
}

async function asked(url) {
  try {
    const answer = await fetch(url, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

export async function keys(url) {
  const fresh = await asked(url);
  if (fresh) await keep(url, fresh);
  const text = fresh ?? (await kept(url));
  return text ? JSON.parse(text).keys : [];
}

/* {list, fresh}: a list that is not ours, or older than the one kept, is passed over. `list` is undefined where there is none. */
export async function status(url, trusted) {
  const read = (text) => (text ? readStatus(text, trusted).catch((fault) => (fault instanceof Refusal ? undefined : Promise.reject(fault))) : undefined);
  const text = await asked(url);
  const [fresh, old] = await Promise.all([read(text), kept(url).then(read)]);
  if (fresh && !(old && old.asOf > fresh.asOf)) {
    await keep(url, text);
    return { list: fresh, fresh: true };
  }
  return { list: old, fresh: false };
}

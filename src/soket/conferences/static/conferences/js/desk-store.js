/* What the desk keeps in this browser: the list and the outbox, encrypted by a key that cannot be taken out of it.
   Without a secure connection browsers offer neither; then both live in memory alone and `lasting` is false. */
const NAME = "soket-ban";
export const lasting = Boolean(window.isSecureContext && window.indexedDB && crypto.subtle);
const memory = { list: null, out: new Map() };
let opened;

function ask(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function base() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts");
      request.result.createObjectStore("out", { keyPath: "id" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function store(name, mode = "readonly") {
  return (await base()).transaction(name, mode).objectStore(name);
}

async function key() {
  const known = await ask((await store("facts")).get("key"));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await ask((await store("facts", "readwrite")).put(made, "key"));
  return made;
}

async function sealed(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(JSON.stringify(value))) };
}

async function opening({ iv, data }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), data)));
}

export async function putList(list) {
  if (!lasting) return void (memory.list = list);
  const kept = await sealed(list);
  await ask((await store("facts", "readwrite")).put(kept, "list"));
}

/* The list as kept, null when there is none or its day is over. */
export async function getList() {
  if (!lasting) return memory.list;
  const kept = await ask((await store("facts")).get("list"));
  const list = kept ? await opening(kept).catch(() => null) : null;
  if (!list || Date.parse(list.until) > Date.now()) return list;
  await forget();
  return null;
}

export async function put(entry) {
  if (!lasting) return void memory.out.set(entry.id, entry);
  const kept = await sealed(entry);
  await ask((await store("out", "readwrite")).put({ id: entry.id, order: Date.now(), kept }));
}

/* Everything not yet answered by the server, oldest first. */
export async function waiting() {
  if (!lasting) return [...memory.out.values()];
  const rows = await ask((await store("out")).getAll());
  return Promise.all(rows.sort((a, b) => a.order - b.order).map((row) => opening(row.kept)));
}

export async function drop(ids) {
  if (!lasting) return ids.forEach((id) => memory.out.delete(id));
  const out = await store("out", "readwrite");
  await Promise.all(ids.map((id) => ask(out.delete(id))));
}

/* The list goes; what waits to be sent stays until it is sent. */
export async function forget() {
  memory.list = null;
  if (lasting) await ask((await store("facts", "readwrite")).delete("list"));
}

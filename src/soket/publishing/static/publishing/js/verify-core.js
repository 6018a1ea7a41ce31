/* Whether a saved page says what its signed manifest says. The twin of src/soket/audit/verifier/page.py: the same files are refused for
   the same reasons. Pure: no page of its own, no network. */
import { decoded, normal, readPage, Refusal } from "./verify-reading.js";

export { Refusal };
const FORMAT = "soket-page/1";
const DAYS = {
  vi: ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};
const MONTHS = "January February March April May June July August September October November December".split(" ");
const bytes = (text) => new TextEncoder().encode(text);
const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");

function tried(work) {
  try {
    return work();
  } catch {
    throw new Refusal("malformed");
  }
}

const base64 = (text) => tried(() => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)));

/* Whether this browser can check signatures of this kind at all. */
export async function able() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/* `keys`: [{verifier, fingerprint, x}]. Throws Refusal. */
async function readManifest(text, keys) {
  const { key, signed, content, signature } = tried(() => JSON.parse(text)) ?? {};
  if (![key, signed, content, signature].every((one) => typeof one === "string")) throw new Refusal("malformed");
  const said = tried(() => JSON.parse(signed));
  if (said?.format !== FORMAT) throw new Refusal(said?.format === undefined ? "malformed" : "other_version");
  const trusted = keys.find((one) => one.verifier === key);
  if (!trusted) throw new Refusal("unknown_key");
  const own = await crypto.subtle.importKey("raw", base64(trusted.x), { name: "Ed25519" }, false, ["verify"]);
  if (!(await crypto.subtle.verify("Ed25519", own, base64(signature), bytes(`${FORMAT}\n${signed}`)))) throw new Refusal("bad_signature");
  if (hex(await crypto.subtle.digest("SHA-256", bytes(content))) !== said.digest) throw new Refusal("swapped");
  const copy = tried(() => JSON.parse(content));
  if (copy?.slug !== said.slug || copy.number !== said.number) throw new Refusal("swapped");
  return { ...said, content: copy, fingerprint: trusted.fingerprint };
}

const two = (number) => String(number).padStart(2, "0");
const local = (text) => new Date(Date.parse(text) + 7 * 3600e3); // Viet Nam's clock, read with the UTC getters

function day(at, language) {
  if (language === "en") return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
}

export function instant(text, language) {
  const at = local(text);
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(":");
  return `${DAYS[language][at.getUTCDay()]}, ${day(at, language)}, ${clock} (GMT+7)`;
}

const runs = (parts) =>
  parts.map((run) => (run.kind === "break" ? " " : run.old ? `${run.old} ${run.text}` : run.text)).join("");
const caption = (photo, language) => `${photo.caption} ${language === "en" ? "Photo:" : "Ảnh:"} ${photo.credit}`;

function block(one, labels, language) {
  if (one.kind === "list") return one.items.map((item) => (item.ordered ? `${item.number}. ${runs(item.runs)}` : runs(item.runs))).join(" ");
  if (one.kind === "table") return one.rows.flat().map(runs).join(" ");
  if (one.kind === "photo") return caption(one, language);
  if (one.kind === "chart") return one.codes.map((code) => labels[code]).join(" ");
  return runs(one.runs);
}

function notice(one, language) {
  const at = local(one.at);
  const changes = one.figures.map((change) => `${change.label[language]}: ${change.old} ${change.new}`);
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return [`${day(at, language)}, ${clock}`, one.note, ...changes, ...(one.title ? [one.title.old] : [])].join(" ");
}

/* [part, words]: what each part of the page must show, in order. */
function told(content, language) {
  const labels = Object.fromEntries(content.figures.map((one) => [one.code, `${one.label[language]} ${one.display[language]}`]));
  return [
    ["title", content.title],
    ["date", instant(content.published_at, language)],
    ["office", content.office.name],
    ["notice", [...content.notices].reverse().map((one) => notice(one, language)).join(" ")],
    ["lead", runs(content.lead)],
    ["photo", content.photo ? caption(content.photo, language) : ""],
    ["body", content.body.map((one) => block(one, labels, language)).join(" ")],
    ["byline", `${content.byline ?? ""} ${content.source ?? ""}`],
  ].map(([part, words]) => [part, normal(words)]).filter(([, words]) => words);
}

/* Throws the first words that differ, six of them at most, and the three before. */
function differ(part, wanted, words) {
  const [expected, found] = [wanted.split(" ").filter(Boolean), words.split(" ").filter(Boolean)];
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  if (at === expected.length && at === found.length) return;
  const cut = (list) => list.slice(at, at + 6).join(" ");
  throw new Refusal("words", { part, expected: cut(expected), found: cut(found), before: expected.slice(Math.max(0, at - 3), at).join(" ") });
}

function compare(reading, content) {
  const expected = told(content, reading.language.toLowerCase().startsWith("en") ? "en" : "vi");
  const found = reading.parts.filter((one) => one.words);
  for (let at = 0; at < Math.max(expected.length, found.length); at += 1) {
    const [part, wanted] = expected[at] ?? ["", ""];
    const here = found[at] ?? { part: "", words: "" };
    if (here.part !== part) {
      const extra = here.part && !expected.slice(at).some(([name]) => name === here.part);
      differ(extra ? here.part : part, extra ? "" : wanted, extra ? here.words : "");
    }
    differ(part, wanted, here.words);
  }
  if (reading.stray.length) differ("", "", reading.stray[0]);
  if (!reading.title.startsWith(normal(content.title))) differ("title", normal(content.title), reading.title);
  const photos = [content.photo, ...content.body.filter((one) => one.kind === "photo")].filter(Boolean);
  const listed = photos.flatMap((photo) => photo.sizes.map((size) => size.sha256));
  const odd = reading.photos.find((name) => !listed.includes(name.split(/[._?]/, 1)[0]));
  if (odd !== undefined) throw new Refusal("photo", { part: "photo", detail: odd });
}

/* {manifest, frame} of a saved file that says what was released. Throws Refusal. */
export async function judge(file, keys) {
  const reading = readPage(decoded(file));
  if (reading.manifests.length !== 1) throw new Refusal(reading.manifests.length ? "malformed" : "no_manifest");
  const manifest = await readManifest(reading.manifests[0], keys);
  compare(reading, manifest.content);
  return { manifest, frame: reading.frame };
}

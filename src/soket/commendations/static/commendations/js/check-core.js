/* What a certificate's code says, and whether one of the trusted keys signed it. Pure: no page, no network, no store.
   The twin of src/soket/audit/credential.py; the same texts are refused for the same reasons. */
const PREFIX = { statement: "soket-certificate/1\n", status: "soket-certificate-status/1\n" };
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SIZES = { valid: 1, superseded: 2, cancelled: 5 };

export class Refusal extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const refuse = (code) => {
  throw new Refusal(code);
};
const bytes = (text) => new TextEncoder().encode(text);
const joined = (prefix, body) => new Uint8Array([...bytes(prefix), ...body]);

/* Strict: one text per value, so that no altered sign goes unseen. */
function base32(text) {
  if (!/^[A-Z2-7]+$/.test(text)) refuse("malformed");
  const out = [];
  let bits = 0;
  let held = 0;
  for (const sign of text) {
    held = (held << 5) | ALPHABET.indexOf(sign);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  if (bits >= 5 || held) refuse("malformed");
  return new Uint8Array(out);
}

function base64(text) {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return refuse("malformed");
  }
}

function parsed(body) {
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return refuse("malformed");
  }
}

const isText = (value) => typeof value === "string" && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value);
const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(value).toJSON()?.startsWith(value) === true;

/* The eleven values of a statement, each of its kind. */
function statement(values) {
  if (!Array.isArray(values) || !Number.isInteger(values[0])) refuse("malformed");
  if (values[0] !== 1) refuse("other_version");
  const whole = values.length === 11 && values.slice(1, 10).every(isText) && Number.isInteger(values[10]) && values[10] >= 0;
  if (!whole || [2, 3, 4, 5, 7].some((at) => !values[at]) || !isDay(values[8])) refuse("malformed");
  const [, keyId, serial, issuer, form, recipient, achievement, decision, dated, goldBook, reissue] = values;
  return { keyId, serial, issuer, form, recipient, achievement, decision, dated, goldBook, reissue };
}

/* `keys`: [{id, x}] with x the 32 bytes in base64. The id of a key is computed by who serves it and printed beside it. */
async function verify(keyId, keys, signature, message) {
  const trusted = keys.find((key) => key.id === keyId);
  if (!trusted) refuse("unknown_key");
  const key = await crypto.subtle.importKey("raw", base64(trusted.x), { name: "Ed25519" }, false, ["verify"]);
  if (!(await crypto.subtle.verify("Ed25519", key, signature, message))) refuse("bad_signature");
}

/* Whether this browser can check signatures of this kind at all. */
export async function able() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/* The statement of a code's text, whole or what follows its #. Throws Refusal: nothing it says is to be believed. */
export async function read(text, keys) {
  const fragment = text.trim().split("#").pop();
  const dot = fragment.indexOf(".");
  if (dot < 0) refuse("malformed");
  const payload = base32(fragment.slice(0, dot));
  const signature = base32(fragment.slice(dot + 1));
  const said = statement(parsed(payload));
  await verify(said.keyId, keys, signature, joined(PREFIX.statement, payload));
  return said;
}

function standing(entry) {
  if (!Array.isArray(entry) || entry.length !== SIZES[entry[0]] || !entry.every((one) => typeof one === "string")) refuse("malformed");
  const [state, one, dated, ground, basis] = entry;
  if (state === "superseded") return { state, by: one };
  return state === "cancelled" ? { state, decision: one, dated, ground, basis } : { state };
}

/* The signed status list: {asOf, of(serial)}; `of` gives undefined for a serial that is not on it. Throws Refusal. */
export async function readStatus(text, keys) {
  const { key, signed, signature } = parsed(text) ?? {};
  if (typeof signed !== "string" || typeof signature !== "string") refuse("malformed");
  const value = parsed(signed);
  if (value?.version !== 1) refuse(value?.version === undefined ? "malformed" : "other_version");
  await verify(key, keys, base64(signature), joined(PREFIX.status, bytes(signed)));
  const asOf = new Date(value.as_of);
  if (Number.isNaN(asOf.getTime()) || typeof value.entries !== "object") refuse("malformed");
  return { asOf, of: (serial) => (Object.hasOwn(value.entries, serial) ? standing(value.entries[serial]) : undefined) };
}

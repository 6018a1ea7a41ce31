/* Blind signatures in the browser: RFC 9474, RSABSSA-SHA384-PSS-Deterministic. The same steps as core/ballots.py.
   The server signs what it cannot read; what is cast was never seen by it before. */
const HASH = 48;
const SALT = 48;
const E = 65537n;
const text = new TextEncoder();

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const number = (bytes) => BigInt(`0x${hex(bytes)}`);
const random = (count) => crypto.getRandomValues(new Uint8Array(count));

function bytesOf(value, length) {
  const digits = value.toString(16).padStart(2 * length, "0");
  return Uint8Array.from({ length }, (_, at) => parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function sha384(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
}

function power(base, exponent, modulus) {
  let [result, square] = [1n, base % modulus];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/* The inverse by Euclid; nothing when the two share a divisor. */
function inverse(value, modulus) {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b > 0n) {
    const times = a / b;
    [a, b, x, y] = [b, a - times * b, y, x - times * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}

async function mask(seed, length) {
  const blocks = [];
  for (let count = 0; count * HASH < length; count += 1) {
    blocks.push(await sha384(join(seed, bytesOf(BigInt(count), 4))));
  }
  return join(...blocks).slice(0, length);
}

/* EMSA-PSS-ENCODE of RFC 8017, 9.1.1. */
async function encode(message, bits, salt) {
  const length = Math.ceil(bits / 8);
  const digest = await sha384(join(new Uint8Array(8), await sha384(message), salt));
  const block = join(new Uint8Array(length - SALT - HASH - 2), Uint8Array.of(1), salt);
  const cover = await mask(digest, block.length);
  const masked = block.map((byte, at) => byte ^ cover[at]);
  masked[0] &= 0xff >> (8 * length - bits);
  return join(masked, digest, Uint8Array.of(0xbc));
}

function below(modulus) {
  for (;;) {
    const found = number(random(Math.ceil(modulus.toString(16).length / 2)));
    if (found > 1n && found < modulus - 1n) return found;
  }
}

/* Blind bytes under a key (its modulus in hexadecimal). Nothing of what this gives is ever sent but `blinded`. */
export async function blindBytes(modulus, bytes, salt = random(SALT), chosen = null) {
  const n = BigInt(`0x${modulus}`);
  const encoded = number(await encode(bytes, n.toString(2).length - 1, salt));
  for (let r = chosen ?? below(n); ; r = below(n)) {
    const back = inverse(r, n);
    if (back !== null) return { encoded, inverse: back, blinded: ((encoded * power(r, E, n)) % n).toString(16) };
  }
}

/* A choice under a token of its own, blinded. */
export async function blind(modulus, choice, token = hex(random(32))) {
  return { token, choice, ...(await blindBytes(modulus, text.encode(`${token}:${choice}`))) };
}

/* Free the signature of its blinding; refuse one that does not hold, so that no ballot is lost on a false key. */
export function finalize(modulus, kept, signed) {
  const n = BigInt(`0x${modulus}`);
  const signature = (BigInt(`0x${signed}`) * kept.inverse) % n;
  if (power(signature, E, n) !== kept.encoded) throw new Error("signature");
  return signature.toString(16).padStart(modulus.length, "0");
}

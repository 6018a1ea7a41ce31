/* What a reader sees on a saved page. The twin of src/soket/audit/verifier/page_reading.py, over the browser's own reading of the file. */
const SET = (words) => new Set(words.split(" "));
const UNSEEN = SET("script style template head datalist audio video object");
const NEVER = SET("xmp plaintext noembed noframes frameset frame iframe math base portal selectedcontent embed object marquee");
const FRAME = SET("nav header footer aside");
const INLINE = SET(
  "a abbr audio b bdi button cite code data del dfn em i img input ins kbd label mark meter output progress q s samp select small " +
    "source span strong sub sup svg time u var video wbr",
);
const SIGNED = SET(
  "svg g rect path line circle polyline polygon a abbr b blockquote br caption div em figcaption figure h1 h2 h3 h4 i img li ol p picture s section source span strong " +
    "sub sup table tbody td th thead time tr ul wbr",
);
const HIDING = /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d]*[1-9])|content-visibility/i;
const ASIDES = ["trích dẫn", "cited"];

export class Refusal extends Error {
  constructor(code, about = {}) {
    super(code);
    this.code = code;
    this.about = about;
  }
}

export const normal = (text) => text.normalize("NFC").split(/[\s\x1c-\x1f\x85]+/).filter(Boolean).join(" ");

export function decoded(bytes) {
  const utf16 = { "255,254": "utf-16le", "254,255": "utf-16be" }[bytes.slice(0, 2).join()];
  try {
    return new TextDecoder(utf16 || "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("malformed");
  }
}

function inside(element, top, count) {
  const tag = element.localName;
  const foreign = top.foreign || tag === "svg";
  const hidden = UNSEEN.has(tag) || element.hasAttribute("hidden") || HIDING.test(element.getAttribute("style") || "");
  let { mode, part } = top;
  if (FRAME.has(tag) || element.hasAttribute("data-unsigned") || element.hasAttribute("data-panel")) [mode, part] = ["frame", count()]; // each is listed for itself
  if (element.hasAttribute("data-signed")) [mode, part] = ["signed", element.getAttribute("data-signed")];
  const seen = top.seen && !hidden && !(foreign && (tag === "title" || tag === "desc"));
  const aside = mode === "signed" && element.getAttribute("class") === "fig__c";
  return { tag, mode, part, seen, foreign, aside };
}

/* {language, title, parts, frame, stray, photos, manifests}, as the twin gives them. Throws Refusal. */
export function readPage(source) {
  const page = new DOMParser().parseFromString(source, "text/html");
  const pieces = [];
  const photos = [];
  let frames = 0;
  const last = () => pieces[pieces.length - 1];

  function put(words, where) {
    if (!where.seen || (["", "html", "head", "title"].includes(where.tag) && !words.trim())) return;
    if (!last() || last().mode !== where.mode || last().part !== where.part) {
      if (!words.trim()) return;
      pieces.push({ mode: where.mode, part: where.part, text: "" });
    }
    last().text += words;
  }

  function text(words, top) {
    if (!top.aside || !ASIDES.includes(normal(words))) return put(words, top);
    // What a figure says of itself goes together with the blank before it.
    if (last()?.part === top.part) last().text = last().text.trimEnd();
    return undefined;
  }

  function walk(element, top) {
    const here = inside(element, top, () => (frames += 1));
    if (NEVER.has(here.tag)) throw new Refusal("malformed");
    if (here.mode === "signed" && here.seen && !SIGNED.has(here.tag)) throw new Refusal("malformed");
    if (here.tag === "img" && here.mode === "signed" && here.seen) photos.push((element.getAttribute("src") || "").split("/").pop());
    const apart = !INLINE.has(here.tag) || here.mode !== top.mode || here.part !== top.part;
    if (apart) [top, here].forEach((where) => put(" ", where));
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text(node.data, here);
      else if (node.nodeType === Node.ELEMENT_NODE) walk(node, here);
    }
    if (apart) [here, top].forEach((where) => put(" ", where));
  }

  walk(page.documentElement, { tag: "", mode: "", part: "", seen: true, foreign: false });
  const found = { language: page.documentElement.lang, title: normal(page.title), parts: [], frame: [], stray: [], photos };
  for (const { mode, part, text: raw } of pieces) {
    const words = normal(raw);
    const before = found.parts[found.parts.length - 1];
    if (mode === "signed" && before?.part === part) before.words = `${before.words} ${words}`.trim();
    else if (mode === "signed") found.parts.push({ part, words });
    else if (words) (mode === "frame" ? found.frame : found.stray).push(words);
  }
  const scripts = [...page.querySelectorAll('script[id="soket-manifest"][type="application/json"]')];
  return { ...found, manifests: scripts.map((script) => script.textContent) };
}

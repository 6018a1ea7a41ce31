/* The toolbar over the body: each button puts the marks that one could type. data-mark says how: before each line, around the
   selection, as a block of its own; or it leads to what may be picked. The text stays plain, so everything works without this script too. */
const body = document.getElementById("id_body");

function put(text, from, to, selectFrom, selectTo) {
  body.focus();
  body.setSelectionRange(from, to);
  // execCommand keeps the browser's own undo; where it is gone the value is set.
  if (!document.execCommand("insertText", false, text)) body.setRangeText(text, from, to, "end");
  body.setSelectionRange(selectFrom, selectTo);
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(before, after) {
  const [from, to] = [body.selectionStart, body.selectionEnd];
  const words = body.value.slice(from, to).trim();
  const blank = body.value.slice(from, to).length - body.value.slice(from, to).trimStart().length;
  const start = from + blank;
  put(before + words + after, start, start + words.length, start + before.length, start + before.length + words.length);
}

function lines(mark) {
  const from = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
  const found = body.value.indexOf("\n", body.selectionEnd);
  const to = found < 0 ? body.value.length : found;
  const told = body.value.slice(from, to).split("\n");
  const marked = told.every((line) => line.startsWith(mark));
  const text = told.map((line) => (marked ? line.slice(mark.length) : mark + line)).join("\n");
  put(text, from, to, from + (told.length > 1 ? 0 : text.length), from + text.length);
}

function block(text) {
  const at = body.selectionEnd;
  const before = body.value.slice(0, at);
  const head = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = body.value.slice(at).startsWith("\n\n") ? "" : body.value.slice(at).startsWith("\n") ? "\n" : "\n\n";
  const end = at + head.length + text.length;
  put(head + text + tail, at, at, end, end);
}

// Tools of picking lead to the figures and photographs beside the text, which put what is pressed where one wrote.
function pick(id) {
  const place = document.getElementById(id);
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}

const acts = { line: (b) => lines(b.put), wrap: (b) => wrap(b.put, b.end), block: (b) => block(b.put), pick: (b) => pick(b.to) };

if (body) {
  const bar = document.querySelector("[data-tools]");
  bar.hidden = false;
  const tools = [...bar.querySelectorAll("[data-mark]")];
  for (const tool of tools) tool.addEventListener("click", () => acts[tool.dataset.mark](tool.dataset));
  // One stop for the Tab key; arrows go from tool to tool, as a toolbar should.
  const stand = (index) => tools.forEach((tool, at) => (tool.tabIndex = at === index ? 0 : -1));
  stand(0);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tools.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = (at + step + tools.length) % tools.length;
    stand(next);
    tools[next].focus();
  });
  document.addEventListener("soket:block", (event) => block(event.detail));
}

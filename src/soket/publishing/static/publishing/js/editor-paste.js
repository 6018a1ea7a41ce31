/* Formatted text pasted into the body becomes our marks: the server cleans it. When it cannot be asked, the plain text is taken. */
const form = document.querySelector("form[data-paste-url]");
const body = document.getElementById("id_body");
const MEANS = /<(?:h[1-6]|table|[uo]l|li|b|strong|i|em|a\s|blockquote)\b|Mso/i;

function put(text) {
  body.focus();
  if (!document.execCommand("insertText", false, text)) body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

async function cleaned(html) {
  const data = new FormData();
  data.append("html", html);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.dataset.pasteUrl, { method: "POST", body: data, headers: { "X-CSRFToken": token }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return (await answer.json()).text;
}

if (form && body) {
  body.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") || "";
    const plain = event.clipboardData?.getData("text/plain") || "";
    if (!MEANS.test(html)) return;
    event.preventDefault();
    const [from, to] = [body.selectionStart, body.selectionEnd];
    body.readOnly = true; // what is typed meanwhile would move the place
    const done = (text) => {
      body.readOnly = false;
      body.setSelectionRange(from, to);
      put(text);
    };
    cleaned(html).then((text) => done(text || plain), () => done(plain));
  });
}

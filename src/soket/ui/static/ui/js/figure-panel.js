/* A figure is a link to the page of its provenance. Here it opens the same panel in the flow,
   under its paragraph, list or table row. Esc and "Close" shut it and give the focus back. */
const opened = new Map(); // figure → the element put into the page for it
let serial = 0;

function dress(root) {
  for (const figure of root.querySelectorAll("a[data-figure]:not([role])")) {
    figure.setAttribute("role", "button");
    figure.setAttribute("aria-expanded", "false");
  }
}

function place(figure) {
  const row = figure.closest("tr");
  if (row) {
    const line = document.createElement("tr");
    const cell = line.appendChild(document.createElement("td"));
    line.className = "prov-row";
    cell.colSpan = [...row.cells].reduce((sum, each) => sum + each.colSpan, 0);
    row.after(line);
    return [line, cell];
  }
  const host = document.createElement("div");
  host.className = "prov-host";
  const anchor = figure.closest("[data-figure-host], .kpis, dl") || figure.closest("p, li, h1, h2, h3, div");
  if (anchor.matches("li")) anchor.append(host);
  else anchor.after(host);
  return [host, host];
}

function shut(figure, { refocus = true } = {}) {
  opened.get(figure)?.remove();
  opened.delete(figure);
  figure.setAttribute("aria-expanded", "false");
  figure.removeAttribute("aria-controls");
  if (refocus) figure.focus({ preventScroll: true });
}

function shutNeighbours(figure) {
  const same = "[data-figure-host], .kpis, dl, tr, p, li";
  for (const other of [...opened.keys()]) {
    if (other !== figure && other.closest(same) === figure.closest(same)) shut(other, { refocus: false });
  }
}

async function fetchPanel(address) {
  const answer = await fetch(address, {
    headers: { "HX-Request": "true", "X-Partial": "panel" },
    credentials: "same-origin",
  });
  if (!answer.ok || answer.redirected) throw new Error("no panel");
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = parsed.querySelector("[data-panel]");
  if (!panel) throw new Error("no panel");
  return document.importNode(panel, true);
}

async function open(figure) {
  figure.setAttribute("aria-busy", "true");
  try {
    const panel = await fetchPanel(figure.href);
    shutNeighbours(figure);
    const [outer, inner] = place(figure);
    panel.id = `panel-${(serial += 1)}`;
    panel.tabIndex = -1;
    for (const button of panel.querySelectorAll("[data-panel-close]")) button.hidden = false;
    inner.append(panel);
    opened.set(figure, outer);
    dress(panel);
    figure.setAttribute("aria-expanded", "true");
    figure.setAttribute("aria-controls", panel.id);
    panel.focus({ preventScroll: true });
    const top = panel.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.75) figure.scrollIntoView({ block: "center" });
  } catch {
    location.assign(figure.href);
  } finally {
    figure.removeAttribute("aria-busy");
  }
}

function figureOf(element) {
  for (const [figure, host] of opened) if (host.contains(element)) return figure;
  return null;
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-panel-close]");
  const owner = closer && figureOf(closer);
  if (owner) return shut(owner);
  const figure = event.target.closest("a[data-figure]");
  const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!figure || !plain || event.defaultPrevented) return undefined;
  event.preventDefault();
  if (figure.getAttribute("aria-busy")) return undefined;
  return opened.has(figure) ? shut(figure) : open(figure);
});

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.("a[data-figure]")) {
    event.preventDefault();
    event.target.click();
  }
  if (event.key === "Escape") {
    const figure = opened.has(event.target) ? event.target : figureOf(event.target);
    if (figure) shut(figure);
  }
});

document.addEventListener("htmx:load", (event) => dress(event.target));
dress(document);

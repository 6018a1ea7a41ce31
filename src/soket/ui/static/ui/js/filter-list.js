/* <filter-list data-label="…" data-none="…"> around a long <ul>: a box that narrows it by name.
   Marks may be left out: "thai binh" finds "Thái Bình". Short lists stay as they are. */
const LONG = 40;
let serial = 0;

const folded = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();

class FilterList extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("ul, ol, tbody");
    if (this.dataset.ready || !list || list.children.length < LONG) return;
    this.dataset.ready = "1";
    this.rows = [...list.children].map((row) => [row, folded(row.textContent)]);
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.id = `filter-list-${(serial += 1)}`;
    input.type = "search";
    input.className = "inp inp--m";
    label.htmlFor = input.id;
    label.className = "lab";
    label.textContent = this.dataset.label;
    this.none = document.createElement("p");
    this.none.setAttribute("role", "status");
    this.none.className = "mut s13";
    const box = document.createElement("div");
    box.className = "filter";
    box.append(label, input, this.none);
    this.prepend(box);
    input.addEventListener("input", () => this.narrow(folded(input.value.trim())));
    input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }

  narrow(wanted) {
    let shown = 0;
    for (const [row, text] of this.rows) {
      row.hidden = !text.includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    this.none.textContent = shown ? "" : this.dataset.none;
  }
}

customElements.define("filter-list", FilterList);

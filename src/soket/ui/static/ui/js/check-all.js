/* <check-all data-name="duty" data-label="…">: one box that marks or clears every box of that name on the page.
   Without a script each box is marked by itself. */
class CheckAll extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "1";
    const label = document.createElement("label");
    const box = document.createElement("input");
    const words = document.createElement("span");
    box.type = "checkbox";
    label.className = "choice";
    words.textContent = this.dataset.label;
    label.append(box, words);
    this.append(label);
    const all = () => [...document.querySelectorAll(`input[type="checkbox"][name="${this.dataset.name}"]`)];
    box.addEventListener("change", () => {
      for (const one of all()) one.checked = box.checked;
    });
    document.addEventListener("change", (event) => {
      if (event.target === box) return;
      const marked = all().filter((one) => one.checked).length;
      box.checked = marked > 0 && marked === all().length;
      box.indeterminate = marked > 0 && !box.checked;
    });
  }
}

customElements.define("check-all", CheckAll);

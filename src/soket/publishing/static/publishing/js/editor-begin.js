/* Proposes an address from the chosen conference or review until somebody writes one. The server makes the same one when it is left empty. */
const form = document.querySelector("form[data-begin]");
const slug = form?.elements.namedItem("slug");
let own = Boolean(slug?.value);

function proposed(title) {
  const plain = title.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = plain.match(/[a-z0-9]+/g) || [];
  while (words.join("-").length > 80) words.pop();
  return words.join("-");
}

if (slug) {
  slug.addEventListener("input", () => (own = Boolean(slug.value)));
  form.addEventListener("change", (event) => {
    if (own || event.target === slug) return;
    const chosen = ["conference", "review"].map((name) => form.elements.namedItem(name)).find((box) => box?.value);
    slug.value = chosen ? proposed(chosen.selectedOptions[0].textContent) : "";
  });
}

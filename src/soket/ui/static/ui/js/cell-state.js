/* A cell holds a number or a state, never both: typing a number chooses "A number", choosing a state empties
   the number. Without scripts the server points out a cell that holds both. */
const cellOf = (field) => field.closest("form").querySelectorAll(`[name="s-${CSS.escape(field.name.slice(2))}"]`);

document.addEventListener("input", ({ target }) => {
  if (!target.matches(".ft input[name^='v-']") || !target.value.trim()) return;
  for (const radio of cellOf(target)) radio.checked = radio.value === "";
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".ft input[type=radio][name^='s-']") || target.value === "") return;
  const number = target.form.elements.namedItem(`v-${target.name.slice(2)}`);
  if (number instanceof HTMLInputElement && number.type === "text") number.value = "";
});

/* <form data-auto-submit>: a choice made with the pointer is sent at once. Typing waits for the
   visible button, so a half-typed day or an arrow key never takes the reader away. */
let pointed = false;

document.addEventListener("pointerdown", () => (pointed = true), true);
document.addEventListener("keydown", () => (pointed = false), true);

document.addEventListener("change", (event) => {
  const form = event.target.form;
  const waits = event.target.matches("input[type=text], input[type=search], textarea");
  if (form?.matches("[data-auto-submit]") && pointed && !waits && form.checkValidity()) form.requestSubmit();
});

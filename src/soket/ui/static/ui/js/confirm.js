/* <form data-confirm="sentence" data-confirm-yes="label" data-confirm-no="label">: the server asks on
   a page of its own when `confirmed` is not sent. Here the same question stands in the flow instead,
   and the answer is sent with confirmed=1. */
function ask(form, submitter) {
  const box = document.createElement("div");
  box.className = `confirm stack${submitter?.matches(".btn--seal") ? " confirm--seal" : ""}`;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", form.dataset.confirm);
  const words = box.appendChild(document.createElement("p"));
  words.textContent = form.dataset.confirm;
  const buttons = box.appendChild(document.createElement("div"));
  buttons.className = "btns";
  const yes = buttons.appendChild(document.createElement("button"));
  yes.type = "submit";
  yes.className = submitter?.className || "btn";
  yes.textContent = form.dataset.confirmYes || submitter?.textContent.trim();
  if (submitter?.name) [yes.name, yes.value] = [submitter.name, submitter.value];
  const no = buttons.appendChild(document.createElement("button"));
  no.type = "button";
  no.className = "btn btn--2";
  no.textContent = form.dataset.confirmNo;
  const mark = box.appendChild(document.createElement("input"));
  [mark.type, mark.name, mark.value] = ["hidden", "confirmed", "1"];

  const leave = () => {
    box.remove();
    if (submitter) submitter.hidden = false;
    submitter?.focus();
  };
  no.addEventListener("click", leave);
  box.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  if (submitter) submitter.hidden = true;
  form.append(box);
  yes.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-confirm]") || form.querySelector("input[name=confirmed]")) return;
  event.preventDefault();
  ask(form, event.submitter);
});

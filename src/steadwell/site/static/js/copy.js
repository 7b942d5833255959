// A button that copies a field's text. Without it the text can be selected.
const ready = () => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) button.hidden = false;
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const says = button.querySelector("[data-says]");
  try {
    await navigator.clipboard.writeText(field.value);
    says.textContent = "Copied";
  } catch {
    field.select();
    says.textContent = "Selected: copy it with the keyboard";
  }
});

document.addEventListener("htmx:afterSettle", ready);
ready();

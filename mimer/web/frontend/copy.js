// A button that copies the text of a field; without scripts it stays hidden and the text is selected by hand.
const buttons = document.querySelectorAll("[data-copy]");
for (const button of buttons) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    // The clipboard is only there on a secure page; the old way works everywhere.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    button.querySelector("span").textContent = button.dataset.done;
  });
}

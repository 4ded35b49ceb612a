// What the components of the page do when scripts run: counters, previews of photos, shortcuts, the summary of errors.

// A key that leads to a field (data-key="/"), not while somebody writes.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const goal = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!goal) return;
  event.preventDefault();
  goal.focus();
  if (goal.matches("a, button, summary")) goal.click();
  else goal.select?.();
});

// The errors come first, also when only a part of the page was replaced; with what was typed in sight below them.
function showErrors(within) {
  const summary = within.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus({ preventScroll: true });
  const { top, bottom } = summary.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight / 2) summary.scrollIntoView({ block: "start" });
}

// How many characters are left, said aloud only when few remain.
function count(note) {
  const field = document.getElementById(note.dataset.count);
  const most = Number(note.dataset.most);
  if (!field) return;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const write = () => {
    const left = most - [...field.value].length;
    note.textContent = `${numbers.format(Math.abs(left))} ${left < 0 ? note.dataset.over : note.dataset.left}`;
    note.classList.toggle("field-count-over", left < 0);
    note.setAttribute("aria-live", left < most / 10 ? "polite" : "off");
  };
  field.addEventListener("input", write);
  write();
}

// The chosen photos, seen before they are sent.
function preview(place) {
  const field = document.getElementById(place.dataset.previews);
  field?.addEventListener("change", () => {
    place.replaceChildren(
      ...[...field.files]
        .filter((file) => file.type.startsWith("image/"))
        .map((file) => {
          const picture = new Image();
          picture.src = URL.createObjectURL(file);
          picture.alt = file.name;
          picture.onload = () => URL.revokeObjectURL(picture.src);
          return picture;
        }),
    );
  });
}

function wake(within) {
  within.querySelectorAll("[data-count]").forEach(count);
  within.querySelectorAll("[data-previews]").forEach(preview);
  showErrors(within);
}

// A part of the page that did not come says so, and stops saying so when the next one comes.
function say(failed) {
  const note = document.querySelector("[data-failed]");
  if (note) note.hidden = !failed;
}

wake(document);
for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(trouble, () => say(true));
}
document.addEventListener("htmx:beforeSwap", () => say(false));
document.addEventListener("htmx:afterSwap", (event) => wake(event.detail.target));

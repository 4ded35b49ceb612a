// What the case page does when scripts run: narrow long lists, say that somebody writes, print, and ways by two keys.
import { fold } from "./fold.js";

const writing = (element) => element.closest?.("input:not([type=radio], [type=checkbox], [type=submit]), textarea, select, [contenteditable]");

// A field above a long list (data-narrow) in which a few letters leave only what fits; İ, ı and ş need not be typed.
function narrow(list) {
  if (list.dataset.narrow === "on") return;
  list.dataset.narrow = "on";
  const label = document.createElement("label");
  label.htmlFor = `${list.id}_narrow`;
  label.textContent = document.documentElement.lang === "en" ? "Narrow the list" : "Listede ara";
  const field = Object.assign(document.createElement("input"), { type: "search", id: label.htmlFor, autocomplete: "off" });
  const options = [...list.options].map((option) => ({ option, words: fold(option.textContent), group: option.parentElement }));
  field.addEventListener("input", () => {
    const typed = fold(field.value).split(" ");
    const fits = options.filter(({ option, words }) => option.value === "" || typed.every((part) => words.includes(part)));
    list.replaceChildren();
    for (const { option, group } of fits) {
      if (group instanceof HTMLOptGroupElement) {
        let own = [...list.children].find((child) => child.label === group.label);
        if (!own) {
          own = group.cloneNode(false);
          list.append(own);
        }
        own.append(option);
      } else list.append(option);
    }
    const first = fits.find(({ option }) => option.value !== "");
    list.value = field.value && first ? first.option.value : "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "ArrowDown") list.focus();
  });
  const line = document.createElement("div");
  line.className = "narrow-line";
  line.append(label, field);
  list.before(line);
}

function wake(within) {
  within.querySelectorAll("select[data-narrow]").forEach(narrow);
}
wake(document);

// A verb's form that just came in takes the focus, so that a key and then words are enough.
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  wake(target);
  if (target.matches?.("details > div")) target.querySelector("input:not([type=hidden]), textarea, select")?.focus();
});

// The others on this case are told when somebody writes here.
let typed = 0;
document.addEventListener("input", (event) => {
  if (event.target.closest(".verb-form")) typed = Date.now();
});
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.matches("[data-presence]") && Date.now() - typed < 60000) detail.parameters.writing = "1";
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// Two keys for places (g, then a letter on data-go), and ? for the list of keys.
let went = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  if (event.key === "?") {
    const keys = document.getElementById("keys");
    if (!keys) return;
    event.preventDefault();
    keys.open ? keys.close() : keys.showModal();
  } else if (event.key === "g") went = Date.now();
  else if (Date.now() - went < 1500) {
    went = 0;
    const way = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (!way) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    way.click();
  }
}, true);

// The agent's screen by keyboard alone: keys that lead from part to part, Enter that never sends half a call, arrows
// through the people found, and the cursor where the talk goes on after something was chosen.

const form = document.querySelector("[data-call]");

// A field, or the first one inside what carries the key; a closed disclosure opens.
function goTo(place) {
  if (place.matches("details")) place.open = true;
  const field = place.matches("input, button") ? place : place.querySelector("textarea, input:not([type=hidden]), select");
  field?.focus();
}

function peopleFound() {
  return [...document.querySelectorAll("#found [name=choose]")];
}

// What was typed to find somebody is not typed again when nobody was found.
function carryOver(search) {
  if (search.form !== form || peopleFound().length) return;
  const typed = search.value.trim();
  const fill = (name, value) => {
    const field = form.elements[name];
    if (field && !field.value) field.value = value;
  };
  if (typed.replace(/\D/g, "").length >= 7) fill("phone", typed);
  else if (/^[\p{L}\s.'-]{2,}$/u.test(typed) && !form.elements.given_name?.value) {
    const names = typed.split(/\s+/);
    fill("family_name", names.length > 1 ? names.pop() : "");
    fill("given_name", names.join(" "));
  }
}

function afterEnter(field) {
  if (field.id === "caller-q") {
    const [first] = peopleFound();
    if (first) {
      first.click();
      form.elements.text.focus(); // at once: who types on meanwhile loses no letter
    } else {
      carryOver(field);
      form.elements[form.elements.phone.value ? "given_name" : "phone"].focus();
    }
    return;
  }
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((each) => each.offsetParent);
  fields[fields.indexOf(field) + 1]?.focus();
}

function onKey(event) {
  const { key, target } = event;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-save]"));
    return;
  }
  const place = /^F\d$/.test(key) && form.querySelector(`[data-fkey="${key}"]`);
  if (place) {
    event.preventDefault();
    goTo(place);
  } else if (key === "Enter" && target.matches("input:not([type=radio], [type=checkbox], [type=file])")) {
    event.preventDefault();
    afterEnter(target);
  } else if ((key === "ArrowDown" || key === "ArrowUp") && target.matches("#caller-q, #found [name=choose]")) {
    event.preventDefault();
    const stops = [document.getElementById("caller-q"), ...peopleFound()];
    stops[stops.indexOf(target) + (key === "ArrowDown" ? 1 : -1)]?.focus();
  }
}

// Chosen by a button: the cursor goes on to what is asked next.
function goOn(event) {
  const pressed = event.detail.requestConfig?.elt;
  if (pressed?.name === "choose") form.elements.text.focus();
  if (pressed?.name === "forget") document.getElementById("caller-q")?.focus();
  if (pressed?.name === "canned") form.elements.answer?.focus();
  if (pressed?.name === "pick") {
    for (const chip of form.querySelectorAll("[name=pick]")) chip.toggleAttribute("aria-pressed", false);
    pressed.setAttribute("aria-pressed", "true");
    const next = form.querySelector("#subject-part .questions :is(input, select)") ?? form.elements.address;
    next.focus();
  }
}

if (form) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:afterSettle", goOn);
  document.addEventListener("focusout", (event) => event.target.id === "caller-q" && carryOver(event.target));
}

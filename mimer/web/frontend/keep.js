// Forms that must survive a bad connection (data-keep): sent in the background, kept on the page and tried again until
// the house answers; large photos are made smaller first. Without scripts they are plain forms.
const LONG_SIDE = 1920;
const SMALL_ENOUGH = 700_000;
const TRY_AGAIN = 15_000;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch {
    return file; // the house says what is wrong with it
  }
}

async function packed(form) {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) data.append(name, value instanceof File ? await smaller(value) : value);
  return data;
}

function show(answer, words) {
  const fresh = new DOMParser().parseFromString(words, "text/html");
  const old = document.querySelector("[data-swap=page]");
  const page = fresh.querySelector("[data-swap=page]");
  if (!answer.ok || !page || !old) return false;
  document.title = fresh.title;
  old.replaceWith(page);
  document.dispatchEvent(new CustomEvent("htmx:afterSwap", { detail: { target: page } }));
  page.scrollIntoView();
  return true;
}

async function send(form, note) {
  form.setAttribute("aria-busy", "true");
  note.hidden = false;
  note.textContent = note.dataset.sends;
  try {
    const answer = await fetch(form.action || location.href, {
      method: "POST", body: await packed(form), credentials: "same-origin", headers: { "X-Kept": "1" },
    });
    if (answer.status === 204) return location.assign(answer.headers.get("Location")); // done; the page says so
    if (!show(answer, await answer.text())) throw new Error(`answered ${answer.status}`);
  } catch {
    note.textContent = note.dataset.waits;
    const again = () => form.isConnected && form.getAttribute("aria-busy") === "waits" && send(form, note);
    form.setAttribute("aria-busy", "waits");
    addEventListener("online", again, { once: true });
    setTimeout(again, TRY_AGAIN);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-keep]") || form.getAttribute("aria-busy") === "true") return;
  event.preventDefault();
  send(form, form.querySelector("[data-keep-note]"));
});

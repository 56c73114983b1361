"use strict";

const LONGEST = 160;

/** Return a photo as requests carry it: base64 without the data-URI prefix. */
const base64Of = (uri) => uri.slice(uri.indexOf(",") + 1);

const read = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

const shortened = (body) => JSON.stringify(body, (_, value) =>
  typeof value === "string" && value.length > LONGEST && !value.startsWith("[")
    ? `${value.slice(0, 44)}… (${value.length} characters)` : value, 2);

function showResult(form, { good, status, note, text, images }) {
  const answer = form.querySelector(".answer");
  answer.hidden = false;
  answer.classList.toggle("bad", !good);
  const line = answer.querySelector(".status");
  line.textContent = status;
  if (note) {
    const small = document.createElement("small");
    small.textContent = note;
    line.append(small);
  }
  answer.querySelector(".drawn").replaceChildren(...images.map((source) => {
    const image = document.createElement("img");
    image.src = source;
    image.alt = form.dataset.drawn;
    return image;
  }));
  answer.querySelector("pre").textContent = text;
}

async function send(form) {
  const body = {};
  for (const input of form.querySelectorAll("input[name]")) {
    if (input.value) body[input.name] = input.value;
  }
  for (const input of form.querySelectorAll("input[data-photo]")) {
    body[input.dataset.photo] = base64Of(input.closest(".photo").querySelector("img").src);
  }
  const headers = { "Content-Type": "application/json" };
  const prefer = form.querySelector("[data-prefer]").value.trim();
  if (prefer) headers.Prefer = prefer;
  const began = performance.now();
  const reply = await fetch(form.dataset.path, { method: form.dataset.method, headers, body: JSON.stringify(body) });
  const text = await reply.text();
  const status = `HTTP ${reply.status}, ${Math.round(performance.now() - began)} ms`;
  const note = ["X-Remo-Mock-Hint", "Preference-Applied"]
    .filter((name) => reply.headers.has(name))
    .map((name) => `${name}: ${reply.headers.get(name)}`).join(" · ");
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    return showResult(form, { good: false, status: `${status}: not JSON`, note, text, images: [] });
  }
  const images = Object.values(parsed).filter((value) => typeof value === "string" && value.startsWith("data:image/"));
  return showResult(form, { good: parsed.state === true, status, note, text: shortened(parsed), images });
}

// The samples stand in the page once, whoever shows them.
for (const image of document.querySelectorAll("img[data-view]")) {
  const sample = document.querySelector(`[data-sample="${image.dataset.view}"]`);
  if (sample) image.src = sample.src;
}

for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    try {
      await send(form);
    } catch (error) {
      showResult(form, { good: false, status: form.dataset.none, note: "", text: String(error), images: [] });
    } finally {
      button.disabled = false;
    }
  });
  for (const input of form.querySelectorAll("input[data-photo]")) {
    input.addEventListener("change", async () => {
      if (input.files.length) input.closest(".photo").querySelector("img").src = await read(input.files[0]);
    });
  }
}

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => {
    const form = button.closest("section").querySelector("form.try");
    form.querySelector("[data-prefer]").value = button.dataset.ask;
    form.scrollIntoView();
    form.requestSubmit();
  });
}

import { el } from "./dom.js";
import { verdictWords, word } from "./words.js";

const cached = new Map();
// The choice for each view outlives the form, which is rebuilt for another endpoint or language.
const chosenFor = new Map();

const readAs = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

/** Return a photo as requests carry it: base64 without the data-URI prefix. */
const base64Of = (uri) => uri.slice(uri.indexOf(",") + 1);

async function sample(file) {
  if (!cached.has(file)) {
    const answer = await fetch(`/console/photos/${file}`);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    const blob = await answer.blob();
    // A .txt file holds the text of the field, which may be broken base64.
    cached.set(file, file.endsWith(".txt") ? await blob.text() : base64Of(await readAs(blob)));
  }
  return cached.get(file);
}

/**
 * Make the tile of one view: a sample or the user's own photo, by click, drop or camera.
 * `tile.text()` returns the text of the field, or null to leave it out; `changed` is called after each choice.
 */
export function photoTile(view, changed) {
  let own = chosenFor.get(view.name)?.own ?? null;
  const image = el("img", { alt: "" });
  const none = el("span", { class: "none" });
  const picker = el("input", { type: "file", accept: "image/*", "aria-label": `${word(view.name)}: ${word("ownPhoto")}` });
  const choice = el("select", { "aria-label": `${word(view.name)}: ${word("photo")}` });
  const frame = el("label", { class: "frame", title: word("dropHere") }, image, none, picker);
  const box = el("div", { class: "tile" }, el("span", { class: "view" }, word(view.name)), frame, choice);

  const options = view.samples.map((one) =>
    el("option", { value: one.file }, one.code ? `${verdictWords(one.verdict)} (${one.code})` : word("goodPhoto")));
  const ownOption = el("option", { value: "own" }, word("ownPhoto"));
  choice.append(...options, ownOption, el("option", { value: "" }, word("noPhoto")));
  const before = chosenFor.get(view.name)?.value;
  if ([...choice.options].some((one) => one.value === before)) choice.value = before;
  if (own) ownOption.textContent = own.name || word("ownPhoto");

  const show = (source, label) => {
    image.hidden = !source;
    none.hidden = Boolean(source);
    if (source) image.src = source;
    none.textContent = label;
  };
  const refresh = () => {
    const chosen = view.samples.find((one) => one.file === choice.value);
    if (choice.value === "own") show(own?.source, word("dropHere"));
    else if (chosen?.picture) show(`/console/photos/${chosen.file}`, "");
    else show("", chosen ? verdictWords(chosen.verdict) : word("noPhoto"));
    chosenFor.set(view.name, { own, value: choice.value });
    changed();
  };
  const useOwn = async (file) => {
    own = { source: URL.createObjectURL(file), name: file.name, text: base64Of(await readAs(file)) };
    ownOption.textContent = file.name || word("ownPhoto");
    choice.value = "own";
    refresh();
  };

  picker.onchange = () => { if (picker.files.length) useOwn(picker.files[0]); };
  choice.onchange = () => { if (choice.value === "own" && !own) picker.click(); refresh(); };
  image.onerror = () => show("", own?.name ?? "");
  frame.ondragover = (event) => { event.preventDefault(); frame.classList.add("over"); };
  frame.ondragleave = () => frame.classList.remove("over");
  frame.ondrop = (event) => {
    event.preventDefault();
    frame.classList.remove("over");
    if (event.dataTransfer.files.length) useOwn(event.dataTransfer.files[0]);
  };
  refresh();
  return {
    box,
    text: async () => (choice.value === "own" ? own?.text ?? null : choice.value ? sample(choice.value) : null),
    file: () => (choice.value === "own" ? own && (own.name || "photo.jpg") : choice.value || null),
    isText: () => choice.value !== "own" && choice.value.endsWith(".txt"),
  };
}

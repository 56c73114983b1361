import { el } from "./dom.js";
import { acceptable, base64Of, picturesIn } from "./files.js";
import { language, verdictWords, word } from "./words.js";

const cached = new Map();
// The choice for each view outlives the form, which is rebuilt for another endpoint or language.
const chosenFor = new Map();

async function sample(file) {
  if (!cached.has(file)) {
    const answer = await fetch(`/console/photos/${file}`);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    const blob = await answer.blob();
    // A .txt file holds the text of the field, which may be broken base64.
    cached.set(file, file.endsWith(".txt") ? await blob.text() : await base64Of(blob));
  }
  return cached.get(file);
}

const button = (text, label, act, more = "") => el("button", { type: "button", class: `small ${more}`, "aria-label": `${label}: ${text}`, onclick: act }, text);

/**
 * Make the tile of one view: a sample or the user's own photo, by click, drop, paste or camera.
 * `tile.text()` returns the text of the field, or null to leave it out; `tile.use(file)` takes a file; `changed` is
 * called after each choice, and `dropped(files)` with the files of a drop.
 */
export function photoTile(view, { changed, dropped, refused }) {
  const name = view.label[language];
  let own = chosenFor.get(view.name)?.own ?? null;
  const image = el("img", { alt: "" });
  const none = el("span", { class: "none" });
  const picker = el("input", { type: "file", accept: "image/*", hidden: true, "aria-label": `${name}: ${word("ownPhoto")}` });
  const camera = el("input", { type: "file", accept: "image/*", hidden: true, capture: "environment", "aria-label": `${name}: ${word("takePhoto")}` });
  const choice = el("select", { "aria-label": `${name}: ${word("photo")}` });
  const frame = el("div", { class: "frame", title: word("dropHere") }, image, none);
  const box = el("div", { class: "tile" }, el("span", { class: "view" }, name), frame, choice, picker, camera,
    el("div", { class: "act" }, button(word("choosePhoto"), name, () => picker.click()), button(word("takePhoto"), name, () => camera.click(), "touch")));

  const options = view.samples.map((one) =>
    el("option", { value: one.file }, one.code ? `${verdictWords(one.verdict)} (${one.code})` : one.posture ? `${word(one.person)}, ${word(`posture-${one.posture}`)}` : word("goodPhoto")));
  const ownOption = el("option", { value: "own", hidden: !own }, own?.name || word("ownPhoto"));
  choice.append(...options, ownOption, el("option", { value: "" }, word("noPhoto")));
  const before = chosenFor.get(view.name)?.value;
  if ([...choice.options].some((one) => one.value === before)) choice.value = before;

  const show = (source, label, alt) => {
    image.hidden = !source;
    none.hidden = Boolean(source);
    if (source) image.src = source;
    image.alt = alt ?? "";
    none.textContent = label;
  };
  const refresh = () => {
    const chosen = view.samples.find((one) => one.file === choice.value);
    if (choice.value === "own") show(own.source, "", `${name}: ${own.name}`);
    else if (chosen?.picture) show(`/console/photos/${chosen.file}`, "", `${name}: ${verdictWords(chosen.verdict)}`);
    else show("", chosen ? verdictWords(chosen.verdict) : word("noPhoto"));
    chosenFor.set(view.name, { own, value: choice.value });
    changed();
  };
  const take = async (file) => {
    try {
      const photo = await acceptable(file);
      own = { source: URL.createObjectURL(photo), name: photo.name, text: await base64Of(photo) };
    } catch (problem) {
      if (!problem.reason) throw problem;
      refused(word(problem.reason, { name: problem.message }));
      return;
    }
    ownOption.textContent = own.name || word("ownPhoto");
    ownOption.hidden = false;
    choice.value = "own";
    refresh();
  };

  // One photo after another; a request waits for them.
  let taking = Promise.resolve();
  const use = (file) => (taking = taking.catch(() => null).then(() => take(file)));
  const text = async () => {
    await taking.catch(() => null);
    return choice.value === "own" ? own?.text ?? null : choice.value ? sample(choice.value) : null;
  };

  // Choosing nothing keeps the photo that was there before.
  for (const input of [picker, camera]) input.onchange = () => { const [file] = input.files; input.value = ""; if (file) use(file); };
  choice.onchange = refresh;
  frame.onclick = () => picker.click();
  image.onerror = () => show("", own?.name ?? "");
  frame.ondragover = (event) => { event.preventDefault(); frame.classList.add("over"); };
  frame.ondragleave = () => frame.classList.remove("over");
  frame.ondrop = (event) => {
    event.preventDefault();
    frame.classList.remove("over");
    dropped(picturesIn(event.dataTransfer));
  };
  refresh();
  return {
    box,
    use,
    text,
    file: () => (choice.value === "own" ? own && (own.name || "photo.jpg") : choice.value || null),
    isText: () => choice.value !== "own" && choice.value.endsWith(".txt"),
  };
}

import { el } from "./dom.js";
import { acceptable, assign, mirrored, picturesIn } from "./files.js";
import { language, word } from "./words.js";

/** Name the place of a photo: by its view, numbered where a view has several places. */
export function placeName(contract, slots, place) {
  const name = slots[place];
  const view = contract.endpoints.flatMap((one) => one.views).find((one) => one.name === name)?.label[language] ?? name;
  const same = slots.map((one, index) => (one === name ? index : -1)).filter((index) => index >= 0);
  return same.length > 1 ? word("place2", { view, n: same.indexOf(place) + 1 }) : word("place", { view });
}

const viewList = (contract, slots) => slots.map((_, place) => placeName(contract, slots, place)).join(", ");

/** Say how a plan sends its photos. */
export const planText = (contract, plan) => word(plan.isSplit ? "oneByOne" : "together", { views: viewList(contract, plan.slots) });

const fileInput = (label, more, chosen) => {
  const input = el("input", { type: "file", accept: "image/*", "aria-label": label, ...more });
  // Choosing nothing keeps the photo that was there before.
  input.onchange = () => { const files = [...input.files]; input.value = ""; if (files.length) chosen(files); };
  return input;
};

const button = (text, act, properties = {}) => el("button", { type: "button", onclick: act, ...properties }, text);

function tile({ contract, plan, person, on }, place) {
  const photo = person.photos[place];
  const name = placeName(contract, plan.slots, place);
  const picker = fileInput(name, { hidden: true }, (files) => on.files(files, place));
  const camera = fileInput(`${name}: ${word("takePhoto")}`, { hidden: true, capture: "environment" }, (files) => on.files(files, place));
  const frame = el("div", { class: "frame" }, photo
    ? el("img", { src: photo.url, alt: `${name}: ${photo.name}` })
    : el("span", { class: "none" }, word("dropHere")));
  frame.onclick = () => picker.click();
  frame.ondragover = (event) => { event.preventDefault(); frame.classList.add("over"); };
  frame.ondragleave = () => frame.classList.remove("over");
  frame.ondrop = (event) => { event.preventDefault(); event.stopPropagation(); frame.classList.remove("over"); on.files(picturesIn(event.dataTransfer), place); };
  return el("div", { class: "tile" }, el("span", { class: "view" }, name), frame, picker, camera,
    el("div", { class: "act" },
      button(word("choosePhoto"), () => picker.click(), { class: "small", "aria-label": `${name}: ${word("choosePhoto")}` }),
      button(word("takePhoto"), () => camera.click(), { class: "small touch", "aria-label": `${name}: ${word("takePhoto")}` }),
      photo ? button(word("removePhoto"), () => on.remove(place), { class: "small", "aria-label": `${name}: ${word("removePhoto")}` }) : null));
}

const choice = (label, values, chosen, act) => {
  const select = el("select", {}, values.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
  select.onchange = () => act(select.value);
  return el("label", { class: "field" }, el("span", {}, label), select);
};

function earlier(others, on) {
  if (!others.length) return null;
  return el("details", { class: "earlier" }, el("summary", {}, word("earlier")), el("ul", {}, others.map((one) =>
    el("li", {}, `${new Date(one.at).toLocaleString(language)} · ${one.photos.filter(Boolean).length ? word("ownPersonName", { n: one.photos.filter(Boolean).length }) : word("samplePersonName")} `,
      button(word("open"), () => on.open(one.id), { class: "small" }), button(word("forget"), () => on.forget(one.id), { class: "small" })))));
}

/**
 * Build the screen on which photos are chosen. `on` has `files(files, place)`, `remove(place)`, `sample(who)`, `plan(name)`,
 * `profile(name)`, `analyse()`, `open(id)` and `forget(id)`.
 */
export function startScreen(context) {
  const { contract, plans, plan, person, others, message, on } = context;
  const filled = person.photos.filter(Boolean).length;
  const all = fileInput(word("choosePhotos"), { multiple: true, hidden: true }, (files) => on.files(files, 0));
  const screen = el("section", { class: "start" },
    el("h2", {}, word("startTitle")), el("p", {}, word("startText")),
    el("div", { class: "act" }, all, button(word("choosePhotos"), () => all.click(), { class: filled ? "second" : "" }),
      button(word("usePerson"), () => on.sample("man"), { class: "second" }), button(word("useWoman"), () => on.sample("woman"), { class: "second" })),
    el("div", { class: "tiles" }, plan.slots.map((_, place) => tile(context, place))),
    message ? el("p", { class: "finding g1", role: "alert" }, message) : null,
    el("div", { class: "act go" }, button(word("analyse"), () => on.analyse(), { id: "analyse", "aria-disabled": String(!filled) })),
    el("div", { class: "fields" },
      choice(word("way"), plans.map((one) => [one.name, planText(contract, one)]), plan.name, on.plan),
      choice(word("result"), [["", word("asPhotos")], ...contract.profiles.map((name) => [name, word(name)])], person.profile, on.profile)),
    earlier(others, on));
  screen.ondragover = (event) => event.preventDefault();
  screen.ondrop = (event) => { event.preventDefault(); on.files(picturesIn(event.dataTransfer), 0); };
  return screen;
}

/** Put files into the places of a plan. Returns the photos by place; throws `UnreadablePhoto`. */
export async function placed(files, slots, place) {
  const photos = new Map();
  for (const [at, file] of files.length === 1 ? [[place, files[0]]] : assign(files, slots, place)) {
    const blob = await acceptable(file);
    photos.set(at, { name: blob.name || "photo", blob, url: URL.createObjectURL(blob) });
  }
  return photos;
}

/**
 * Return packaged photos of a drawn person for these places, posed as the result is to show where there are such; a
 * second side is the first one mirrored.
 */
export async function samplePhotos(contract, slots, { who, posture }) {
  const views = contract.endpoints.flatMap((one) => one.views);
  return Promise.all(slots.map(async (name, place) => {
    const good = views.find((view) => view.name === name)?.samples.filter((one) => one.picture && !one.code) ?? [];
    const theirs = good.filter((one) => one.person === who);
    const chosen = theirs.find((one) => one.posture === posture) ?? (who === "man" ? good[0] : theirs[0] ?? good[0]);
    if (!chosen) return null;
    const whole = await (await fetch(`/console/photos/${chosen.file}`)).blob();
    const blob = slots.indexOf(name) === place ? whole : await mirrored(whole);
    return { name: word("samplePersonName"), who, blob, url: URL.createObjectURL(blob) };
  }));
}

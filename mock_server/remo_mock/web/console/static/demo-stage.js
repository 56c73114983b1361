import { findings, metricsTable } from "./demo-findings.js";
import { placeName } from "./demo-start.js";
import { el } from "./dom.js";
import { language, word } from "./words.js";

const STEP = 20;

/** Show a photo as it was sent, or its name, if it is no picture. */
function sentPhoto(name, photo) {
  const image = el("img", { class: "sent", src: photo.url, alt: word("photoOf", { view: name }) });
  const box = el("div", { class: "compare" }, image);
  image.onerror = () => box.replaceChildren(el("p", { class: "quiet unseen" }, photo.name));
  return box;
}

/** Lay the result over the photo, with a boundary that a slider moves. `cut` is kept while photos change. */
function comparison(name, photo, result, kept) {
  const slider = el("input", { type: "range", min: 0, max: 100, value: kept.cut, "aria-label": word("slider"), class: "cut" });
  const box = el("div", { class: "compare" },
    el("img", { class: "sent", src: photo, alt: word("photoOf", { view: name }) }),
    el("img", { class: "drawn", src: result.image, alt: word("drawnOf", { view: name }) }),
    el("span", { class: "edge", "aria-hidden": "true" }),
    el("span", { class: "label left" }, word("after")), el("span", { class: "label right" }, word("before")), slider);
  const move = (value) => {
    kept.cut = Math.min(100, Math.max(0, value));
    slider.value = kept.cut;
    box.style.setProperty("--cut", `${kept.cut}%`);
  };
  slider.oninput = () => move(Number(slider.value));
  move(kept.cut);
  return { box, move };
}

/** Say why a photo was refused, and what helps; without credits, offer some. */
function refusal({ contract, on }, result) {
  const endpoint = contract.endpoints.find((one) => one.name === result.endpoint);
  const documented = endpoint.codes.find((one) => one.code === result.code);
  const text = documented?.meaning[language] ?? (result.code ? result.message : word("noReply"));
  const broke = documented?.condition === "insufficient_credit";
  return el("div", { class: "refusal" },
    el("p", { class: "finding g2" }, el("b", {}, broke ? word("noCredit") : word("refusedPhoto")), el("br"), text),
    !broke && result.hints?.[language] ? el("p", { class: "quiet" }, result.hints[language]) : null,
    el("p", { class: "quiet" }, word("nothingCharged")),
    el("div", { class: "act" }, broke
      ? el("button", { type: "button", onclick: () => on.addCredits() }, word("addTen"))
      : el("button", { type: "button", onclick: () => on.photos() }, word("tryOther"))));
}

/**
 * Build the screen that shows one photo at a time beside what stands out and its measurements.
 * Returns the element and `move(steps)`, which moves the boundary between photo and result.
 */
export function stageScreen(context, rows) {
  const { contract, plan, person, at, kept, on } = context;
  const shown = person.results.map((one) => one.place);
  const result = person.results.find((one) => one.place === at) ?? person.results[0];
  const photo = person.photos[result.place];
  const name = placeName(contract, plan.slots, result.place);
  const compare = result.good ? comparison(name, photo.url, result, kept) : null;
  const picture = compare?.box ?? sentPhoto(name, photo);
  const thumbs = el("div", { class: "thumbs" }, person.results.map((one, index) => el("button", {
    type: "button", class: "thumb", "aria-pressed": String(one.place === result.place), onclick: () => on.show(one.place) },
    el("img", { src: one.good ? one.image : person.photos[one.place].url, alt: "", onerror: (event) => { event.target.hidden = true; } }),
    el("span", {}, `${index + 1} · ${placeName(contract, plan.slots, one.place)}`))));
  const element = el("section", { class: "stage" },
    el("figure", {}, picture, el("figcaption", { class: "quiet" }, name)),
    el("div", { class: "words", tabIndex: 0, role: "region", "aria-label": word("measured") },
      rows.length ? [el("h2", {}, word("notable")), findings(contract, rows)] : null,
      result.good ? metricsTable(rows.filter((row) => row.place === result.place)) : refusal(context, result)),
    shown.length > 1 ? thumbs : null,
    el("p", { class: "quiet keys" }, word("keys")));
  return { element, move: (steps) => compare?.move(kept.cut + steps * STEP) };
}

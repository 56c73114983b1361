import { findings } from "./demo-findings.js";
import { placeName } from "./demo-start.js";
import { el } from "./dom.js";
import { gauge } from "./gauge.js";
import { language, word } from "./words.js";

function download(name, href) {
  el("a", { href, download: name }).click();
}

function downloadJson(person) {
  const text = JSON.stringify(person.results.map((one) => one.body).filter(Boolean), null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  download("posture-replies.json", url);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const measured = (rows) => el("table", { class: "measured" }, el("tbody", {}, rows.map((row) => el("tr", {},
  el("th", { scope: "row" }, row.metric.label[language]), el("td", { class: "lies" }, gauge(row.metric, row.value)),
  el("td", { class: "number" }, `${row.value.toFixed(1)}°`), el("td", {}, el("span", { class: `chip g${Math.abs(row.grade)}` }, row.meaning))))));

/** Build the report of one person: a sheet that prints on one page A4, with buttons that do not print. */
export function reportScreen({ contract, plan, person }, rows) {
  const good = person.results.filter((one) => one.good);
  if (!good.length) return el("section", {}, el("p", { class: "quiet" }, word("noneYet")));
  const nameOf = (result) => placeName(contract, plan.slots, result.place);
  const tools = el("div", { class: "act tools" },
    el("button", { type: "button", onclick: () => print() }, word("savePdf")),
    el("button", { type: "button", class: "second", onclick: () => downloadJson(person) }, word("saveJson")),
    good.map((result) => el("button", { type: "button", class: "second", onclick: () => download(`posture-${result.view}-${result.place + 1}.jpg`, result.image) }, word("savePicture", { view: nameOf(result) }))));
  return el("section", { class: "report" }, tools, el("article", { class: "sheet" },
    el("header", {}, el("h2", {}, word("reportTitle")), el("p", {}, `${word("reportDate")}: ${new Date(person.at).toLocaleDateString(language)}`)),
    el("p", { class: "honest" }, word("invented")),
    el("div", { class: "pictures" }, good.map((result) => el("figure", {}, el("img", { src: result.image, alt: word("drawnOf", { view: nameOf(result) }) }), el("figcaption", {}, nameOf(result))))),
    el("h3", {}, word("notable")), findings(contract, rows),
    el("div", { class: "columns" }, good.map((result) => el("div", { class: "part" }, el("h3", {}, nameOf(result)), measured(rows.filter((row) => row.place === result.place)))))));
}

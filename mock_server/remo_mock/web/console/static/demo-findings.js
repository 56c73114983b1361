import { el } from "./dom.js";
import { gauge } from "./gauge.js";
import { language, word } from "./words.js";

const MOST = 3;

/** Return the rows of a person's results: metric, value, grade and meaning, in the order of the photos. */
export function rowsOf(contract, results) {
  return results.filter((one) => one.good).flatMap((result) => {
    const endpoint = contract.endpoints.find((one) => one.name === result.endpoint);
    return endpoint.metrics.filter((metric) => result.values[metric.name]).map((metric) => {
      const { value, grade } = result.values[metric.name];
      const band = metric.bands.find((one) => one.grade === grade);
      return { place: result.place, view: result.view, metric, value, grade, meaning: band?.meaning[language] ?? "" };
    });
  });
}

/** Measure how far a value lies outside, as a share of its outermost bound. */
function reach({ metric, value }) {
  const bounds = metric.bands.flatMap((band) => [band.minimum, band.exclusiveMinimum, band.maximum, band.exclusiveMaximum]).filter((one) => one !== undefined);
  return Math.abs(value) / (Math.max(...bounds.map(Math.abs)) || 1);
}

/** Return the rows that deserve words first: by grade, then by how far they lie outside; none if all is normal. */
export function notable(rows) {
  const sorted = rows.filter((row) => row.grade !== 0).sort((a, b) => Math.abs(b.grade) - Math.abs(a.grade) || reach(b) - reach(a));
  // What several photos show of one body is said once.
  const same = (one, row) => one.metric.label.en === row.metric.label.en && one.grade === row.grade;
  return sorted.filter((row, index) => sorted.findIndex((one) => same(one, row)) === index).slice(0, MOST);
}

const degrees = (value) => `${value.toFixed(1)}°`;

/** Write the most notable findings as a list of sentences. */
export function findings(contract, rows) {
  if (!rows.length) return null;
  const most = notable(rows);
  if (!most.length) return el("p", { class: "finding g0" }, word("allNormal"));
  const viewLabel = (name) => contract.endpoints.flatMap((one) => one.views).find((view) => view.name === name)?.label[language] ?? name;
  return el("ol", { class: "findings" }, most.map((row) => el("li", { class: `finding g${Math.abs(row.grade)}` },
    el("b", {}, row.metric.label[language]), ` (${viewLabel(row.view)}, ${degrees(row.value)}) – `, el("span", {}, row.meaning))));
}

/** Make the table of one photo's metrics: name, gauge, value and what the grade means. */
export function metricsTable(rows) {
  return el("table", { class: "measured" },
    el("caption", {}, word("measured")),
    el("tbody", {}, rows.map((row) => el("tr", {},
      el("th", { scope: "row" }, row.metric.label[language]),
      el("td", { class: "lies" }, gauge(row.metric, row.value)),
      el("td", { class: "number" }, degrees(row.value)),
      el("td", {}, el("span", { class: `chip g${Math.abs(row.grade)}` }, row.meaning))))));
}

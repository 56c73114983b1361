import { el, table } from "./dom.js";
import { gauge } from "./gauge.js";
import { heading, language, word } from "./words.js";

const LONGEST = 160;

const shortened = (body) => JSON.stringify(body, (_, value) =>
  typeof value === "string" && value.length > LONGEST && !value.startsWith("[")
    ? `${value.slice(0, 44)}… (${value.length})` : value, 2);

/** Make the row of one metric: value, place within its bands, grade and meaning. */
function metricRow(metric, body) {
  const value = body[metric.value];
  const grade = body[metric.grade];
  if (typeof value !== "number") return null;
  const meaning = metric.bands.find((band) => band.grade === grade)?.meaning[language] ?? "";
  return el("tr", {},
    el("th", { scope: "row" }, metric.label[language], el("br"), el("code", {}, metric.name)),
    el("td", { class: "number" }, `${value.toFixed(3)}°`),
    el("td", { class: "lies" }, gauge(metric, value)),
    el("td", {}, el("span", { class: `chip g${Math.abs(grade)}` }, String(grade)), ` ${meaning}`));
}

function metricsOf(endpoint, body) {
  return endpoint.views.map((view) => {
    const rows = endpoint.metrics.filter((metric) => metric.view === view.name).map((metric) => metricRow(metric, body)).filter(Boolean);
    return rows.length ? [el("h3", {}, view.label[language]), table(["metric", "#value", "range", "grade"].map(heading), rows, { class: "metrics" })] : [];
  });
}

function drawn(endpoint, body) {
  const pictures = endpoint.views.map((view) => [view.label[language], body[view.image]]).filter(([, src]) => typeof src === "string" && src.startsWith("data:image/"));
  return el("div", { class: "drawn" }, pictures.map(([view, src]) => el("img", { src, alt: word("drawnAlt", { view }) })));
}

const priced = (change) => (change === 0 ? word("free") : word(change === -1 ? "cost" : "costs", { n: -change }));

const line = (good, code, text, notes) => el("div", { class: `status ${good ? "good" : "bad"}`, role: "status" },
  el("b", { class: "code" }, code), el("span", {}, text), notes.filter(Boolean).map((note) => el("small", {}, note)));

/**
 * Show a reply of a vendor route as a client receives it: the result, the drawn photos, the metrics, the body.
 * `on.addCredits()` is offered where the account has none.
 */
export function showReply(target, endpoint, reply, on) {
  const applied = reply.applied && word("asked", { text: reply.applied });
  // What the tester asked for is said once.
  const hint = reply.applied && /^asked for by/.test(reply.hints.en) ? "" : reply.hints[language];
  const time = `${endpoint.method} ${endpoint.path} · HTTP ${reply.status || "–"} · ${reply.milliseconds} ms`;
  if (reply.text === null) {
    target.replaceChildren(line(false, "–", word("noAnswer"), [`${reply.milliseconds} ms`, word("noAnswerNote")]));
    return;
  }
  let body;
  try {
    body = JSON.parse(reply.text);
  } catch {
    target.replaceChildren(line(false, String(reply.status), word("noJson"), [time, hint, applied]), el("pre", {}, reply.text.slice(0, 2000)));
    return;
  }
  const good = body.state === true;
  const code = body.status_code ?? body.status ?? reply.status;
  // A refused preference is our problem+json and has a `detail`, and `details` in other languages; the vendor's errors have none.
  const meaning = body.details?.[language] ?? body.detail ?? endpoint.codes.find((one) => one.code === code)?.meaning[language] ?? body.message ?? "";
  const documented = endpoint.codes.find((one) => one.code === code);
  const text = good ? `${priced(body.credit_change)} · ${body.credit} ${word("credits")}` : meaning;
  const message = !good && documented && body.message ? `message: "${body.message}"` : "";
  const offer = documented?.condition === "insufficient_credit" && !good
    ? el("p", {}, el("button", { type: "button", class: "second", onclick: on.addCredits }, word("add10Credits"))) : null;
  target.replaceChildren(
    line(good, String(code), text, [message, good ? "" : documented && word("free"), hint, applied, time]),
    ...(offer ? [offer] : []),
    ...(good ? [drawn(endpoint, body), metricsOf(endpoint, body)].flat(3) : []),
    el("details", {}, el("summary", {}, word("raw")), el("pre", {}, shortened(body))),
  );
}

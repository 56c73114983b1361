import { el, redraw, table } from "./dom.js";
import { heading, verdictWords, word } from "./words.js";

const HEADS = ["time", "client", "endpoint", "code", "why", "photos", "#price", "#balance", "#ms"];

const ORIGINS = { natural: "byNature" };

const clock = (text) => new Date(text).toLocaleTimeString();

function row(entry, success, fresh) {
  const way = entry.asked || word(ORIGINS[entry.origin] ?? entry.origin);
  // A reason that repeats the requested outcome is enough.
  const why = (entry.reason?.includes(way) ? [entry.reason] : [way, entry.reason]).filter(Boolean).join(" · ");
  const photos = entry.photos.map((photo) => `${word(photo.view)} ${photo.verdict === "ok" ? "✓" : verdictWords(photo.verdict)}`).join(", ");
  const repeat = entry.repeats ? el("small", { class: "warn" }, word("twice", { id: entry.repeats })) : null;
  return el("tr", { class: fresh ? "fresh" : "" },
    el("td", { title: entry.at }, clock(entry.at)), el("td", {}, entry.account ?? "–"), el("td", {}, entry.endpoint),
    el("td", {}, el("span", { class: `chip ${entry.code === success ? "g0" : "g2"}` }, String(entry.code))), el("td", { class: "why" }, why, repeat),
    el("td", {}, photos || "–"), el("td", { class: "number" }, String(entry.price)), el("td", { class: "number" }, String(entry.balance)),
    el("td", { class: "number" }, entry.milliseconds.toFixed(1)));
}

/** Return a function that shows exchanges, newest first, and highlights those that are new since its last call. */
export function journalTable(target, { success, clear }) {
  let newest = null;
  let drawn = "";
  return (entries, language) => {
    const shown = JSON.stringify([entries, language]);
    if (shown === drawn) return;
    drawn = shown;
    if (!entries.length) {
      newest = 0;
      target.replaceChildren(el("p", { class: "quiet" }, word("empty")));
      return;
    }
    const seen = newest ?? entries[0].id;
    const rows = entries.map((entry) => row(entry, success, entry.id > seen));
    newest = entries[0].id;
    redraw(target,
      table(HEADS.map(heading), rows, { class: "journal" }),
      el("button", { type: "button", class: "second", "data-key": "clear", onclick: clear }, word("clear")));
  };
}

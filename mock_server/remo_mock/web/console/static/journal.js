import { copyable, el, redraw } from "./dom.js";
import { heading, language, verdictWords, word } from "./words.js";

const HEADS = ["", "time", "client", "endpoint", "code", "why", "photos", "#price", "#balance", "#ms"];

const ORIGINS = { natural: "byNature" };

/** Make a cell of a number; on a phone, where columns have no heads, it says what it is. */
const number = (name, value) => el("td", { class: "number", "data-label": word(name) }, String(value));

const clock = (text) => new Date(text).toLocaleTimeString();

/** Return the terms that an exchange was asked for, as the queue takes them, and null if nature decided. */
function termsOf(entry, success) {
  const found = Object.fromEntries([...entry.asked.matchAll(/\b([\w-]+)=([\w.-]+)/g)].map(([, name, value]) => [name, value]));
  if (/\bexample\b(?!=)/.test(entry.asked)) found.example = true;
  if (entry.code !== success) found.code = String(entry.code);
  if (!Object.keys(found).length) return null;
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, /^-?[0-9]+(\.[0-9]+)?$/.test(value) ? Number(value) : value]));
}

function again(entry, success) {
  const terms = termsOf(entry, success);
  if (!terms || !entry.account) return el("p", { class: "quiet" }, word("againPhotos"));
  const body = JSON.stringify({ account: entry.account, endpoint: entry.endpoint, ...terms });
  return [el("p", { class: "quiet" }, word("againQueue")),
    copyable(el("pre"), `curl -sS -X POST ${location.origin}/__admin/outcomes -d '${body}'`, word("copy"))];
}

function details(entry, success) {
  const photos = entry.photos.map((photo) => el("li", {}, `${word(photo.view)}: ${photo.verdict === "ok" ? word("goodPhoto") : verdictWords(photo.verdict)}, ${photo.bytes.toLocaleString()} B, `, el("code", {}, photo.digest)));
  return el("tr", { class: "details" }, el("td", { colSpan: HEADS.length },
    el("p", {}, `${word("why")}: ${reasonOf(entry)} · ${word("price")}: ${entry.price} · ${word("balance")}: ${entry.balance}`),
    photos.length ? el("ul", {}, photos) : null, again(entry, success)));
}

/** Say why an exchange came out as it did; a reason that repeats the requested outcome is enough. */
function reasonOf(entry) {
  const way = entry.asked || word(ORIGINS[entry.origin] ?? entry.origin);
  const reason = entry.reasons?.[language];
  return (reason?.includes(way) ? [reason] : [way, reason]).filter(Boolean).join(" · ");
}

function row(entry, success, fresh, isOpen, toggle) {
  const photos = entry.photos.map((photo) => `${word(photo.view)} ${photo.verdict === "ok" ? "✓" : verdictWords(photo.verdict)}`).join(", ");
  const repeat = entry.repeats ? el("small", { class: "warn" }, word("twice", { id: entry.repeats })) : null;
  return el("tr", { class: fresh ? "fresh" : "" },
    el("td", {}, el("button", { type: "button", class: "fold", "data-key": `open-${entry.id}`, "aria-expanded": String(isOpen), "aria-label": word("details", { id: entry.id }), onclick: toggle }, isOpen ? "▾" : "▸")),
    el("td", { title: entry.at }, clock(entry.at)), el("td", {}, entry.account ?? "–"), el("td", {}, entry.endpoint),
    el("td", {}, el("span", { class: `chip ${entry.code === success ? "g0" : "g2"}` }, String(entry.code))), el("td", { class: "why" }, reasonOf(entry), repeat),
    el("td", {}, photos || "–"), number("price", entry.price), number("balance", entry.balance), number("ms", entry.milliseconds.toFixed(1)));
}

const matches = (entry, text, kind, success) =>
  (kind !== "good" || entry.code === success) && (kind !== "bad" || entry.code !== success)
  && text.toLowerCase().split(/\s+/).every((part) => `${entry.account} ${entry.endpoint} ${entry.code} ${reasonOf(entry)}`.toLowerCase().includes(part));

/**
 * Return a function that shows exchanges, newest first, and highlights those that are new since its last call. Rows
 * open; a search and a choice narrow them.
 */
export function journalTable(target, { success, clear }) {
  let newest = null;
  let drawn = "";
  let last = [[], ""];
  const open = new Set();
  const search = el("input", { type: "search" });
  const kind = el("select", {});
  const list = el("div");
  const bar = el("div", { class: "inline filter" }, search, kind);
  const show = (entries, language) => {
    last = [entries, language];
    const shown = JSON.stringify([entries, language, search.value, kind.value, [...open]]);
    if (shown === drawn) return;
    drawn = shown;
    if (target.dataset.language !== language) {
      target.dataset.language = language;
      search.placeholder = word("search");
      search.setAttribute("aria-label", word("search"));
      kind.setAttribute("aria-label", word("shownKind"));
      const chosen = kind.value;
      kind.replaceChildren(...["all", "good", "bad"].map((name) => el("option", { value: name }, word(`kind-${name}`))));
      kind.value = chosen || "all";
    }
    if (!bar.isConnected) target.replaceChildren(bar, list);
    bar.hidden = !entries.length;
    if (!entries.length) {
      newest = 0;
      list.replaceChildren(el("p", { class: "quiet" }, word("empty")));
      return;
    }
    const seen = newest ?? entries[0].id;
    newest = entries[0].id;
    const found = entries.filter((entry) => matches(entry, search.value, kind.value, success));
    const rows = found.flatMap((entry) => {
      const toggle = () => { if (!open.delete(entry.id)) open.add(entry.id); show(...last); };
      const line = row(entry, success, entry.id > seen, open.has(entry.id), toggle);
      return open.has(entry.id) ? [line, details(entry, success)] : [line];
    });
    redraw(list, el("div", { class: "scroll bounded", tabIndex: 0, role: "region", "aria-label": word("journalNote") }, journalOf(rows)),
      found.length ? null : el("p", { class: "quiet" }, word("noneFound")),
      el("button", { type: "button", class: "second", "data-key": "clear", onclick: clear }, word("clear")));
  };
  search.oninput = () => show(...last);
  kind.onchange = () => show(...last);
  return show;
}

const journalOf = (rows) => el("table", { class: "journal" },
  el("thead", {}, el("tr", {}, HEADS.map((name) => (name ? el("th", { scope: "col", class: name.startsWith("#") ? "number" : null }, heading(name).replace(/^#/, "")) : el("td"))))),
  el("tbody", {}, rows));

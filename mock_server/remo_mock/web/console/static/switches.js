import { el, table } from "./dom.js";
import { heading, word } from "./words.js";

const HEADS = ["option", "isSetTo", "choices", "liveService", "ledger"];

/** List the readings of the vendor's pages that this mock is set to; one that is not the default is highlighted. */
export function showSwitches(target, rows) {
  target.replaceChildren(table(HEADS.map(heading), rows.map((row) => el("tr", {},
    el("td", {}, el("code", {}, `--${row.option}`), " ", word(row.option)),
    el("td", {}, el("span", { class: `chip ${row.value === row.values[0] ? "g0" : "g1"}` }, row.value)),
    el("td", { class: "quiet" }, row.values.join(", ")),
    el("td", { class: "quiet" }, row.observed),
    el("td", { title: row.title }, row.ledger ? el("code", {}, row.ledger) : "–"))), { class: "switches" }));
}

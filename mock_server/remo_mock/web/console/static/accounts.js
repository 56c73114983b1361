import { copyable, el, redraw, table } from "./dom.js";
import { preferOf } from "./request.js";
import { heading, word } from "./words.js";

const small = (text, account, act) => el("button",
  { type: "button", class: "small", "aria-label": `${text} ${account.email}`, "data-key": `${text} ${account.email}`, onclick: act }, text);
const key = (text) => copyable(el("code", { class: "copy" }), text, word("copy"));

const accountRow = (account, on) => el("tr", {},
  el("td", {}, account.email), el("td", {}, key(account.user_key)), el("td", {}, key(account.api_key)),
  el("td", { class: "number", "data-label": word("credits") }, String(account.credit)),
  el("td", { class: "buttons" },
    small(word("add10"), account, () => on.change(account, { add_credit: 10 })),
    small(word("drain"), account, () => on.change(account, { credit: 0 })),
    small(word("remove"), account, () => on.remove(account))));

function opening(on) {
  const email = el("input", { type: "text", placeholder: "ann@example.com", "aria-label": word("email"), required: true });
  const form = el("form", { class: "inline" }, email, el("button", { type: "submit", class: "second" }, word("create")));
  form.onsubmit = (event) => { event.preventDefault(); on.open(email.value.trim()); };
  return form;
}

function queueList(queued, on) {
  if (!queued.length) return el("p", { class: "quiet" }, word("emptyQueue"));
  const rows = queued.map((one) => el("tr", {},
    el("td", {}, one.account), el("td", {}, one.endpoint ?? word("anyEndpoint")),
    el("td", {}, word(one.until ? "queuedUntil" : one.times === 1 ? "queuedOnce" : "queuedTimes",
      { text: preferOf(one.terms), times: one.times }))));
  return [table([word("client"), word("endpoint"), word("queued")], rows),
    el("button", { type: "button", class: "second", onclick: () => on.clearQueue() }, word("clearQueue"))];
}

/**
 * Build the panel of accounts, queued outcomes and the reset. Returns a function that updates accounts and queue, but
 * not the form between them, since somebody may be typing.
 */
export function accountsPanel(target, on) {
  const who = el("div");
  const queue = el("div");
  target.replaceChildren(who, opening(on), queue,
    el("p", { class: "reset" }, el("button", { type: "button", class: "second", onclick: () => on.reset() }, word("reset")), "\u2002",
      el("span", { class: "quiet" }, word("resetNote"))));
  return (accounts, queued) => {
    const heads = ["email", "userKey", "apiKey", "#credits"].map(heading);
    redraw(who, table([...heads, ""], accounts.map((account) => accountRow(account, on)), { class: "accounts" }));
    redraw(queue, ...[queueList(queued, on)].flat());
  };
}

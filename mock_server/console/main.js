import { showAccounts } from "./accounts.js";
import { admin, call, keepToken, setToken } from "./api.js";
import { copyable, el } from "./dom.js";
import { journalTable } from "./journal.js";
import { showReply } from "./reply.js";
import { bodyOf, preferOf, requestForm } from "./request.js";
import { LANGUAGES, snippet } from "./snippets.js";
import { language, speak, translatePage, word } from "./words.js";

const SHOWN = 50;
const PAUSE = 1500;

const at = (id) => document.getElementById(id);
const state = { contract: null, endpoint: null, asked: null, accounts: [], email: null, code: "curl", sending: false, drawnOf: "" };
const account = () => state.accounts.find((one) => one.email === state.email)
  ?? state.accounts.find((one) => one.credit > 0) ?? state.accounts[0];

/** Tell what is wrong, or that nothing is; a refused token can be given anew. */
function tell(trouble) {
  const box = at("trouble");
  box.hidden = !trouble;
  if (!trouble || (trouble.status === 401 && box.querySelector("form"))) return;
  if (trouble.status !== 401) { box.textContent = trouble.status ? trouble.message : word("unreachable"); return; }
  const token = el("input", { type: "password", autocomplete: "off", "aria-label": word("tokenWanted") });
  const form = el("form", { class: "inline" }, el("span", {}, word("tokenWanted")), token, el("button", { type: "submit" }, word("go")));
  form.onsubmit = (event) => { event.preventDefault(); setToken(token.value.trim()); box.replaceChildren(); look(); };
  box.replaceChildren(form);
}

/** Do something that may be refused; show why, or look at what has changed. */
async function act(doing) {
  try {
    await doing();
    await look();
  } catch (trouble) {
    tell(trouble);
  }
}

const on = {
  endpoint: (name) => { state.endpoint = state.contract.endpoints.find((one) => one.name === name); fill(); },
  change: () => state.asked && writeSnippet(),
  queue: () => act(async () => {
    await admin("POST", "/outcomes", { account: account().email, endpoint: state.endpoint.name, ...state.asked.terms() });
    at("reply").replaceChildren(el("p", { class: "quiet" }, word("waiting", { account: account().email })));
  }),
  send: async () => {
    if (state.sending || !account()) return;
    state.sending = true;
    at("send").disabled = true;
    at("reply").replaceChildren(el("p", { class: "quiet busy" }, word("sending")));
    const endpoint = state.endpoint;
    const told = await call(endpoint, await bodyOf(account(), state.asked), preferOf(state.asked.terms()));
    showReply(at("reply"), endpoint, told);
    state.sending = false;
    at("send").disabled = false;
    await look();
  },
};

const changes = {
  change: (one, fields) => act(() => admin("PATCH", `/accounts/${encodeURIComponent(one.email)}`, fields)),
  remove: (one) => act(() => admin("DELETE", `/accounts/${encodeURIComponent(one.email)}`)),
  open: (email) => act(() => admin("POST", "/accounts", { email })),
  takeBack: () => act(() => admin("DELETE", "/outcomes")),
  reset: () => act(() => admin("POST", "/reset")),
};
let showJournal = null;

function writeSnippet() {
  if (!account()) return;
  const url = location.origin + state.endpoint.path;
  const text = snippet(state.code, { url, account: account(), asked: state.asked, prefer: preferOf(state.asked.terms()) });
  at("snippet").querySelector(".tabs").replaceChildren(...Object.entries(LANGUAGES).map(([name, told]) =>
    el("button", { type: "button", role: "tab", "aria-selected": String(name === state.code), onclick: () => { state.code = name; writeSnippet(); } }, told)));
  copyable(at("snippet").querySelector("pre"), text, word("copy"));
}

function fill() {
  translatePage();
  document.title = `remo-mock · ${location.host}`;
  state.asked = null;
  state.asked = requestForm(at("request"), state.contract, state.endpoint, on);
  at("reply").replaceChildren(el("p", { class: "quiet" }, word("nothingYet")));
  copyable(at("base"), location.origin, word("copy"));
  state.drawnOf = "";
  writeSnippet();
}

function showState(accounts, waiting) {
  state.accounts = accounts;
  const seen = JSON.stringify([accounts, waiting, language]);
  // Only what changed is drawn anew, so that a field that somebody is typing in stays.
  if (seen === state.drawnOf) return;
  state.drawnOf = seen;
  const choice = at("account");
  choice.replaceChildren(...accounts.map((one) => el("option", { value: one.email, selected: one.email === account()?.email }, one.email)));
  at("credit").textContent = account() ? `${account().credit} ${word("credits")}` : "";
  showAccounts(at("accounts"), accounts, waiting, changes);
  writeSnippet();
}

/** Look at accounts, queue and journal. */
async function look() {
  try {
    const [{ accounts }, { outcomes }, { requests }] = await Promise.all(
      [admin("GET", "/accounts"), admin("GET", "/outcomes"), admin("GET", `/requests?limit=${SHOWN}`)]);
    showState(accounts, outcomes);
    showJournal(requests);
    tell(null);
  } catch (trouble) {
    tell(trouble);
  }
}

async function watch() {
  if (!document.hidden) await look();
  setTimeout(watch, PAUSE);
}

at("account").onchange = () => { state.email = at("account").value; state.drawnOf = ""; look(); };
at("language").value = language;
at("language").onchange = () => { speak(at("language").value); fill(); look(); };

keepToken();
state.contract = await (await fetch("/console/contract.json")).json();
state.endpoint = state.contract.endpoints[0];
at("version").textContent = state.contract.version;
showJournal = journalTable(at("journal"), { success: state.contract.success, clear: () => act(() => admin("DELETE", "/requests")) });
fill();
await watch();

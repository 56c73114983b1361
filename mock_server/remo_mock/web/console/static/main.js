import { accountsPanel } from "./accounts.js";
import { admin, call, hasToken, keepToken, setToken, Trouble } from "./api.js";
import { copyable, el, redraw } from "./dom.js";
import { journalTable } from "./journal.js";
import { showReply } from "./reply.js";
import { bodyOf, preferOf, requestForm } from "./request.js";
import { LANGUAGES, snippet } from "./snippets.js";
import { language, speak, translatePage, word } from "./words.js";

const SHOWN = 50;
const PAUSE = 1500;

const at = (id) => document.getElementById(id);
const state = { contract: null, endpoint: null, asked: null, accounts: [], email: null, code: "curl", sending: false, drawnOf: "", kept: {}, last: null };
const account = () => state.accounts.find((one) => one.email === state.email);

/** Tell why something that the user did was refused, until the next thing that the user does. */
function refuse(message) {
  at("refused").textContent = message;
  at("refused").hidden = !message;
}

/** Tell what is wrong with reaching the mock, or that nothing is; a refused token can be given anew. */
function tell(trouble) {
  const box = at("trouble");
  box.hidden = !trouble;
  if (!trouble || (trouble.status === 401 && box.querySelector("form"))) return;
  if (trouble.status !== 401) { box.textContent = trouble.status ? trouble.message : word("unreachable"); return; }
  const token = el("input", { type: "password", autocomplete: "off", "aria-label": word("tokenWanted") });
  const told = hasToken() ? word("tokenWrong") : word("tokenWanted");
  const form = el("form", { class: "inline" }, el("span", {}, told), token, el("button", { type: "submit" }, word("go")));
  form.onsubmit = (event) => { event.preventDefault(); setToken(token.value.trim()); box.replaceChildren(); look(); };
  box.replaceChildren(form);
}

/** Do something that may be refused; show why, or look at what has changed. */
async function act(doing) {
  refuse("");
  if (!account() && doing.length) {
    refuse(word("noAccount"));
    return;
  }
  try {
    await doing(account());
  } catch (trouble) {
    refuse(trouble.status === 0 ? word("unreachable") : trouble.message);
  }
  await look();
}

const on = {
  endpoint: (name) => { state.endpoint = state.contract.endpoints.find((one) => one.name === name); fill(); at("request").querySelector(`[data-key="${name}"]`).focus(); },
  change: () => state.asked && writeSnippet(),
  queue: () => act(async (who) => {
    await admin("POST", "/outcomes", { account: who.email, endpoint: state.endpoint.name, ...state.asked.terms() });
    state.last = null;
    at("reply").replaceChildren(el("p", { class: "quiet" }, word("waiting", { account: who.email })));
  }),
  send: () => state.sending || act(async (who) => {
    const endpoint = state.endpoint;
    showSending(true);
    try {
      const told = await call(endpoint, await bodyOf(who, state.asked), preferOf(state.asked.terms()));
      state.last = { endpoint, told };
    } catch {
      throw new Trouble(0, "");
    } finally {
      showSending(false);
      showLast();
    }
  }),
};

/** Show that an answer is waited for; the button keeps the focus. */
function showSending(sending) {
  state.sending = sending;
  at("send").setAttribute("aria-disabled", String(sending));
  if (sending) at("reply").replaceChildren(el("p", { class: "quiet busy", role: "status" }, word("sending")));
}

function showLast() {
  if (state.last) showReply(at("reply"), state.last.endpoint, state.last.told);
  else at("reply").replaceChildren(el("p", { class: "quiet" }, word("nothingYet")));
}

const changes = {
  change: (one, fields) => act(() => admin("PATCH", `/accounts/${encodeURIComponent(one.email)}`, fields)),
  remove: (one) => confirm(word("sureRemove", { email: one.email })) && act(() => admin("DELETE", `/accounts/${encodeURIComponent(one.email)}`)),
  open: (email) => act(() => admin("POST", "/accounts", { email })),
  takeBack: () => act(() => admin("DELETE", "/outcomes")),
  reset: () => confirm(word("sureReset")) && act(() => admin("POST", "/reset")),
};
let showJournal = null;
let showAccounts = null;

function writeSnippet() {
  at("snippet").hidden = !account();
  if (!account() || !state.asked) return;
  const url = location.origin + state.endpoint.path;
  const text = snippet(state.code, { url, account: account(), asked: state.asked, prefer: preferOf(state.asked.terms()) });
  redraw(at("snippet").querySelector(".tabs"), ...Object.entries(LANGUAGES).map(([name, told]) =>
    el("button", { type: "button", role: "tab", "data-key": name, "aria-selected": String(name === state.code), onclick: () => { state.code = name; writeSnippet(); } }, told)));
  copyable(at("snippet").querySelector("pre"), text, word("copy"));
}

function fill() {
  translatePage();
  document.title = `remo-mock · ${location.host}`;
  state.asked = null;
  state.asked = requestForm(at("request"), state.contract, state.endpoint, state.kept, on);
  showSending(state.sending);
  if (!state.sending) showLast();
  showAccounts = accountsPanel(at("accounts"), changes);
  copyable(at("base"), location.origin, word("copy"));
  state.drawnOf = "";
  writeSnippet();
}

function showState(accounts, waiting) {
  state.accounts = accounts;
  // Chosen once: another client's account, or its credits, must not change who is asked for.
  if (!account()) state.email = (accounts.find((one) => one.credit > 0) ?? accounts[0])?.email ?? null;
  const seen = JSON.stringify([accounts, waiting, language, state.email]);
  if (seen === state.drawnOf) return;
  state.drawnOf = seen;
  const choice = at("account");
  choice.replaceChildren(...accounts.map((one) => el("option", { value: one.email, selected: one.email === account()?.email }, one.email)));
  at("credit").textContent = account() ? `${account().credit} ${word("credits")}` : "";
  showAccounts(accounts, waiting);
  writeSnippet();
}

/** Look at accounts, queue and journal. */
async function look() {
  try {
    const [{ accounts }, { outcomes }, { requests }] = await Promise.all(
      [admin("GET", "/accounts"), admin("GET", "/outcomes"), admin("GET", `/requests?limit=${SHOWN}`)]);
    showState(accounts, outcomes);
    showJournal(requests, language);
    tell(null);
  } catch (trouble) {
    tell(trouble);
  }
}

async function watch() {
  if (!document.hidden) await look();
  setTimeout(watch, PAUSE);
}

at("account").onchange = () => { state.email = at("account").value; look(); };
addEventListener("hashchange", () => { keepToken(); look(); });
// A photo that misses its tile must not take the place of the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
at("language").value = language;
at("language").onchange = () => { speak(at("language").value); fill(); look(); };

keepToken();
state.contract = await (await fetch("/console/contract.json")).json();
state.endpoint = state.contract.endpoints[0];
at("version").textContent = state.contract.version;
showJournal = journalTable(at("journal"), { success: state.contract.success, clear: () => act(() => admin("DELETE", "/requests")) });
fill();
await watch();

import { accountsPanel } from "./accounts.js";
import { admin, call, givenToken, keepToken, setToken, AdminError } from "./api.js";
import { copyable, el, redraw, tabList } from "./dom.js";
import { picturesIn } from "./files.js";
import { journalTable } from "./journal.js";
import { showReply } from "./reply.js";
import { bodyOf, preferOf, requestForm } from "./request.js";
import { LANGUAGES, snippet } from "./snippets.js";
import { showSwitches } from "./switches.js";
import { language, setLanguage, translatePage, withCode, word } from "./words.js";

const SHOWN = 50;
const PAUSE = 1500;

const at = (id) => document.getElementById(id);
const state = { contract: null, endpoint: null, form: null, accounts: null, email: null, code: "curl", sending: null, charges: [], drawnOf: "", kept: {}, replies: new Map() };
const account = () => state.accounts?.find((one) => one.email === state.email);

/** Show why an action of the user was refused, until the next action. */
function showRefusal(message) {
  at("refused").textContent = message;
  at("refused").hidden = !message;
}

/** Show why the mock cannot be reached, or null: nothing is wrong. A missing or wrong token can be entered. */
function showTrouble(trouble) {
  const box = at("trouble");
  box.hidden = !trouble;
  if (!trouble || (trouble.status === 401 && box.querySelector("form"))) return;
  if (trouble.status !== 401) { box.replaceChildren(...(trouble.status ? [trouble.message] : withCode(word("unreachable")))); return; }
  const token = el("input", { type: "password", autocomplete: "off", "aria-label": word("tokenWanted") });
  const message = givenToken() ? word("tokenWrong") : word("tokenWanted");
  const form = el("form", { class: "inline" }, el("span", {}, message), token, el("button", { type: "submit" }, word("go")));
  form.onsubmit = (event) => { event.preventDefault(); setToken(token.value.trim()); box.replaceChildren(); refresh(); };
  box.replaceChildren(form);
}

/** Return the chosen account; who is quick acts before the accounts are known, and waits for them. Throws `AdminError`. */
async function chosen() {
  if (!state.accounts) await refresh();
  // Why they cannot be known, the other banner tells.
  if (!account()) throw state.accounts ? new AdminError(404, word("noAccount")) : new AdminError(0, "");
  return account();
}

/** Do something that may be refused, show the reason, and refresh the page. */
async function act(doing) {
  showRefusal("");
  try {
    await doing();
  } catch (trouble) {
    // That the mock is not reached, the other banner tells.
    showRefusal(trouble.status === 0 ? "" : trouble.message);
  }
  await refresh();
}

const on = {
  endpoint: (name) => { state.endpoint = state.contract.endpoints.find((one) => one.name === name); fill(); at("request").querySelector(`[data-key="${name}"]`).focus(); },
  change: () => state.form && writeSnippet(),
  refused: showRefusal,
  cancel: () => state.sending?.abort(),
  addCredits: () => act(async () => admin("PATCH", `/accounts/${encodeURIComponent((await chosen()).email)}`, { add_credit: 10 })),
  set: () => { writeSnippet(); refresh(); },
  queue: () => act(async () => {
    const { endpoint, form } = state;
    const { email } = await chosen();
    await admin("POST", "/outcomes", { account: email, endpoint: endpoint.name, ...form.terms() });
    state.replies.delete(endpoint.name);
    at("reply").replaceChildren(el("p", { class: "quiet" }, word("waiting", { account: email })));
  }),
  send: () => state.sending || act(async () => {
    const { endpoint, form } = state;
    const stop = new AbortController();
    showSending(stop);
    try {
      const reply = await call(endpoint, await bodyOf(await chosen(), form), preferOf(form.terms()), stop.signal);
      state.replies.set(endpoint.name, stop.signal.aborted ? null : reply);
    } catch (trouble) {
      throw trouble instanceof AdminError ? trouble : new AdminError(0, "");
    } finally {
      showSending(null);
      showLast();
      reveal(at("answer"));
    }
  }),
};

/** Show that a reply is awaited, or with null that none is; the button keeps the focus. */
function showSending(sending) {
  state.sending = sending;
  at("send").setAttribute("aria-disabled", String(Boolean(sending)));
  at("cancel").hidden = !sending;
  if (sending) at("reply").replaceChildren(el("p", { class: "quiet busy", role: "status" }, word("sending")));
}

/** Scroll to a part unless its beginning can be seen: below the header, and not only at the screen's end. */
function reveal(part) {
  const { top } = part.getBoundingClientRect();
  if (top < Math.max(0, document.querySelector("header").getBoundingClientRect().bottom) || top > innerHeight / 2) part.scrollIntoView();
}

function showLast() {
  const last = state.replies.get(state.endpoint.name);
  if (last) showReply(at("reply"), state.endpoint, last, { addCredits: () => on.addCredits() });
  else at("reply").replaceChildren(el("p", { class: "quiet" }, word(last === null ? "cancelled" : "nothingYet")));
}

const changes = {
  change: (one, fields) => act(() => admin("PATCH", `/accounts/${encodeURIComponent(one.email)}`, fields)),
  remove: (one) => confirm(word("sureRemove", { email: one.email })) && act(() => admin("DELETE", `/accounts/${encodeURIComponent(one.email)}`)),
  open: (email) => act(() => admin("POST", "/accounts", { email })),
  clearQueue: () => act(() => admin("DELETE", "/outcomes")),
  reset: () => confirm(word("sureReset")) && act(() => admin("POST", "/reset")),
};
let showJournal = null;
let showAccounts = null;

function writeSnippet() {
  at("snippet").hidden = !account();
  if (!account() || !state.form) return;
  const url = location.origin + state.endpoint.path;
  const text = snippet(state.code, { url, method: state.endpoint.method, account: account(), form: state.form, prefer: preferOf(state.form.terms()) });
  const choose = (name) => { state.code = name; writeSnippet(); };
  redraw(at("languages"), tabList(word("asCode"), Object.entries(LANGUAGES), state.code, choose, "code"));
  copyable(at("snippet").querySelector("pre"), text, word("copy"));
}

function fill() {
  translatePage();
  document.title = `remo-mock · ${location.host}`;
  state.form = null;
  state.form = requestForm(at("request"), state.contract, state.endpoint, state.kept, on);
  showSending(state.sending);
  if (!state.sending) showLast();
  state.form.showSet(state.charges);
  showAccounts = accountsPanel(at("accounts"), changes);
  showSwitches(at("switches"), state.contract.switches);
  copyable(at("base"), location.origin, word("copy"));
  state.drawnOf = "";
  writeSnippet();
}

function showState(accounts, queued) {
  state.accounts = accounts;
  // Chosen once: changes by other clients must not change the selected account.
  if (!account()) state.email = (accounts.find((one) => one.credit > 0) ?? accounts[0])?.email ?? null;
  const seen = JSON.stringify([accounts, queued, language, state.email]);
  if (seen === state.drawnOf) return;
  state.drawnOf = seen;
  const choice = at("account");
  choice.replaceChildren(...accounts.map((one) => el("option", { value: one.email, selected: one.email === account()?.email }, one.email)));
  at("credit").textContent = account() ? `${account().credit} ${word("credits")}` : "";
  showAccounts(accounts, queued);
  writeSnippet();
}

/** Fetch and show what was charged under the uuid of the form. */
async function refreshSet() {
  const who = account();
  state.charges = who && state.form.uuid() ? (await admin("GET", `/accounts/${encodeURIComponent(who.email)}/charges?uuid=${encodeURIComponent(state.form.uuid())}`)).charges : [];
  state.form.showSet(state.charges);
}

/** Fetch and show accounts, queue and journal. */
async function refresh() {
  try {
    const [{ accounts }, { outcomes }, { requests }] = await Promise.all(
      [admin("GET", "/accounts"), admin("GET", "/outcomes"), admin("GET", `/requests?limit=${SHOWN}`)]);
    showState(accounts, outcomes);
    await refreshSet();
    showJournal(requests, language);
    showTrouble(null);
  } catch (trouble) {
    showTrouble(trouble);
  }
}

async function poll() {
  if (!document.hidden) await refresh();
  setTimeout(poll, PAUSE);
}

// A photo that is dropped beside its tile must not replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());

// Chosen before the contract is there, too.
const chooseLanguage = () => at("language").value !== language && setLanguage(at("language").value);

keepToken();
at("language").value = language;
state.contract = await (await fetch("/console/contract.json")).json();
state.endpoint = state.contract.endpoints[0];
at("version").textContent = state.contract.version;
showJournal = journalTable(at("journal"), { success: state.contract.success, clear: () => act(() => admin("DELETE", "/requests")) });
chooseLanguage();
fill();
// All that follows needs the contract.
const takeAll = (files) => files.length && state.form.take(files, 0);
addEventListener("drop", (event) => { if (!event.target.closest?.(".frame")) takeAll(picturesIn(event.dataTransfer)); });
addEventListener("paste", (event) => takeAll(picturesIn(event.clipboardData)));
addEventListener("hashchange", () => { keepToken(); refresh(); });
at("account").onchange = () => { state.email = at("account").value; refresh(); };
at("language").onchange = () => { chooseLanguage(); fill(); refresh(); };
await poll();

import { admin, keepToken, setToken } from "./api.js";
import "./demo-words.js";
import { analyse, payingAccount, plansOf } from "./demo-analysis.js";
import { rowsOf } from "./demo-findings.js";
import { forget, keep, people } from "./demo-keep.js";
import { reportScreen } from "./demo-report.js";
import { shareDialog } from "./demo-share.js";
import { stageScreen } from "./demo-stage.js";
import { placed, samplePhotos, startScreen } from "./demo-start.js";
import { el } from "./dom.js";
import { randomUuid } from "./sets.js";
import { language, setLanguage, translatePage, withCode, word } from "./words.js";

const at = (id) => document.getElementById(id);
const state = { contract: null, plans: [], person: null, screen: "photos", shown: 0, message: "", others: [], kept: { cut: 50 }, running: null, loading: Promise.resolve(), move: null };

const newPerson = () => ({ id: randomUuid(), at: new Date().toISOString(), plan: state.plans[0].name, profile: "", photos: [], results: [] });
const plan = () => state.plans.find((one) => one.name === state.person.plan) ?? state.plans[0];

/** Write what is shown into the address, so that a reload or a link shows it again. */
function remember() {
  const fragment = state.person.results.length ? `#person=${state.person.id}&screen=${state.screen}&photo=${state.shown}` : "";
  history.replaceState(null, "", location.pathname + fragment);
}

/** Show what the address names, if this browser has it. */
async function restore() {
  const named = new URLSearchParams(location.hash.slice(1));
  state.others = await people();
  const found = state.others.find((one) => one.id === named.get("person"));
  if (!found) { state.person = newPerson(); state.screen = "photos"; return; }
  state.person = found;
  for (const photo of found.photos) if (photo?.blob) photo.url = URL.createObjectURL(photo.blob);
  state.screen = ["photos", "result", "report"].includes(named.get("screen")) ? named.get("screen") : "result";
  state.shown = Number(named.get("photo")) || found.results[0]?.place || 0;
}

/** Keep the person; addresses of pictures are made anew at each visit. */
const store = () => keep({ ...state.person, photos: state.person.photos.map((photo) => photo && { ...photo, url: undefined }) });

function trouble(text) {
  at("trouble").hidden = !text;
  at("trouble").replaceChildren(...withCode(text));
}

/** Ask for the admin token, which a mock that is open to a network needs. */
function askToken() {
  const token = el("input", { type: "password", autocomplete: "off", "aria-label": word("tokenWanted") });
  const form = el("form", { class: "inline" }, el("span", {}, word("tokenWanted")), token, el("button", { type: "submit" }, word("go")));
  form.onsubmit = (event) => { event.preventDefault(); setToken(token.value.trim()); trouble(""); on.analyse(); };
  at("trouble").hidden = false;
  at("trouble").replaceChildren(form);
}

/** Read photos, one choice after another; an analysis waits for them. */
const loading = (reading) => (state.loading = state.loading.catch(() => null).then(reading));

/** Show a drawn person in these places, which are all unless `isWanted(place)` says which. */
async function useSample(who, isWanted = () => true) {
  const photos = await samplePhotos(state.contract, plan().slots, { who, posture: state.person.profile });
  state.person.photos = photos.map((photo, place) => (isWanted(place) ? photo : null));
  state.person.results = [];
  draw();
  at("analyse")?.focus();
}

const on = {
  files: (files, place) => files.length && loading(async () => {
    state.message = "";
    try {
      for (const [where, photo] of await placed(files, plan().slots, place)) state.person.photos[where] = photo;
      state.person.results = [];
    } catch (problem) {
      if (!problem.reason) throw problem;
      state.message = word(problem.reason, { name: problem.message });
    }
    draw();
  }),
  remove: (place) => { state.person.photos[place] = null; state.person.results = []; draw(); },
  sample: (who) => loading(() => useSample(who)),
  plan: (name) => { state.person.plan = name; state.person.photos.length = Math.min(state.person.photos.length, plan().slots.length); state.person.results = []; draw(); },
  profile: (name) => {
    state.person.profile = name;
    state.person.results = [];
    return loading(async () => {
      // A drawn person takes the posture that the result is to show; own photos stay.
      const photos = state.person.photos.filter(Boolean);
      const chosen = state.person.photos;
      if (photos.length && photos.every((photo) => photo.who)) await useSample(photos[0].who, (place) => Boolean(chosen[place]));
    });
  },
  photos: () => show("photos"),
  show: (place) => { state.shown = place; draw(); },
  open: (id) => { location.hash = `person=${id}`; },
  forget: async (id) => { await forget(id); state.others = await people(); draw(); },
  addCredits: async () => {
    const account = await payingAccount();
    await admin("PATCH", `/accounts/${encodeURIComponent(account.email)}`, { add_credit: 10 });
    await on.analyse();
  },
  analyse: async () => {
    // Whoever is quick sends the photos just chosen, and not those before.
    await state.loading.catch(() => null);
    const slots = plan().slots;
    const filled = slots.filter((_, place) => state.person.photos[place]).length;
    state.message = !filled ? word("needOne") : !plan().isSplit && filled < slots.length ? word("needAll", { views: slots.map(word).join(", ") }) : "";
    if (state.message) { draw(); return; }
    await run(filled);
  },
};

async function run(filled) {
  const stop = new AbortController();
  state.running = stop;
  state.person.results = [];
  draw();
  try {
    const account = await payingAccount();
    if (!account) throw Object.assign(new Error(word("noAccountDemo")), { status: 404 });
    await analyse(plan(), state.person, account, { signal: stop.signal, arrived: (results) => {
      state.person.results = [...state.person.results, ...results].sort((a, b) => a.place - b.place);
      at("progress").textContent = word("working", { n: Math.min(filled, state.person.results.length + 1), all: filled });
    } });
    trouble("");
  } catch (problem) {
    state.running = null;
    show("photos");
    if (problem.status === 401) askToken();
    else trouble(problem.status ? problem.message : word("unreachable"));
    return;
  }
  state.running = null;
  if (stop.signal.aborted) { state.person.results = []; draw(); return; }
  state.person.at = new Date().toISOString();
  state.shown = state.person.results[0]?.place ?? 0;
  await store();
  show("result");
}

function show(screen) {
  state.screen = screen;
  draw();
}

function waitingScreen() {
  return el("section", { class: "waiting" }, el("p", { class: "busy", role: "status", id: "progress" }, word("working", { n: 1, all: state.person.photos.filter(Boolean).length })),
    el("button", { type: "button", class: "second", onclick: () => state.running.abort() }, word("cancel")));
}

function draw() {
  translatePage();
  document.title = `${word("demoTitle")} · remo-mock`;
  const has = state.person.results.length > 0;
  const way = (name, act, more = {}) => el("button", { type: "button", class: "second", onclick: act, ...more }, word(name));
  at("ways").replaceChildren(
    way("photosWay", () => show("photos"), { "aria-pressed": String(state.screen === "photos") }),
    way("resultWay", () => show("result"), { disabled: !has, "aria-pressed": String(state.screen === "result") }),
    way("reportWay", () => show("report"), { disabled: !has, "aria-pressed": String(state.screen === "report") }),
    way("newPerson", async () => { state.others = await people(); state.person = newPerson(); state.message = ""; show("photos"); }),
    way("share", () => shareDialog(at("share"), state.contract)),
    way("fullScreen", fullScreen), el("a", { href: "/" }, word("toConsole")));
  const context = { ...state, plan: plan(), at: state.shown, on };
  const rows = rowsOf(state.contract, state.person.results);
  state.move = null;
  if (state.running) at("view").replaceChildren(waitingScreen());
  else if (state.screen === "report" && has) at("view").replaceChildren(reportScreen(context, rows));
  else if (state.screen === "result" && has) {
    const stage = stageScreen(context, rows);
    state.move = stage.move;
    at("view").replaceChildren(stage.element);
  } else at("view").replaceChildren(startScreen(context));
  remember();
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

/** Show the photo before or after the one that is shown. */
function step(steps) {
  const places = state.person.results.map((one) => one.place);
  const next = places.indexOf(state.shown) + steps;
  if (places[next] !== undefined) on.show(places[next]);
}

const KEYS = {
  ArrowRight: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => state.move?.(1), ArrowDown: () => state.move?.(-1),
  f: fullScreen, p: () => show("report"), Escape: () => show("result"),
};

addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const typing = event.target.closest?.("input:not(.cut), select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || state.running || !state.person?.results.length || !(key in KEYS)) return;
  if (state.screen === "photos") return;
  event.preventDefault();
  KEYS[key]();
});
addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length && state.person && state.screen === "photos") on.files(files, Math.max(0, plan().slots.findIndex((_, place) => !state.person.photos[place])));
});
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());

// Chosen before the contract is there, too.
const chooseLanguage = () => at("language").value !== language && setLanguage(at("language").value);

keepToken();
at("language").value = language;
state.contract = await (await fetch("/console/contract.json")).json();
state.plans = plansOf(state.contract);
await restore();
chooseLanguage();
draw();
// All that follows needs the contract.
addEventListener("hashchange", async () => { keepToken(); await restore(); draw(); });
at("language").onchange = () => { chooseLanguage(); draw(); };

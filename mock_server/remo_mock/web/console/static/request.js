import { el, tabList } from "./dom.js";
import { assign } from "./files.js";
import { photoTile } from "./photos.js";
import { uuidField } from "./sets.js";
import { language, viewsOf, word } from "./words.js";

const option = (value, text) => el("option", { value }, text);

function outcomeChoice(contract, endpoint) {
  const codes = endpoint.codes.map(({ code, meaning }) => option(`code=${code}`, `${code} ${meaning[language]}`));
  const profiles = contract.profiles.map((name) => option(`profile=${name}`, word(name)));
  return el("select", { id: "outcome" }, option("", word("natural")),
    el("optgroup", { label: word("errors") }, codes), el("optgroup", { label: word("profiles") }, profiles));
}

/** Make a field for the degrees of each metric, in a part that folds. Returns the part and `values()`, by name. */
function degreesFields(endpoint, kept) {
  const chosen = (kept.degrees ??= {});
  const inputs = endpoint.metrics.map((metric) => {
    const input = el("input", { type: "number", step: "0.001", min: -90, max: 90, value: chosen[metric.name] ?? "", "aria-label": `${metric.label[language]} (${metric.name}), °` });
    input.addEventListener("input", () => { chosen[metric.name] = input.value; });
    return el("label", { class: "field" }, el("span", {}, `${metric.label[language]} `, el("code", {}, metric.name)), input);
  });
  const values = () => Object.fromEntries(endpoint.metrics.map((metric) => [metric.name, chosen[metric.name]])
    .filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => [name, Number(value)]));
  const part = el("details", { class: "degrees", open: Object.keys(values()).length > 0 }, el("summary", {}, word("degrees")),
    el("p", { class: "quiet" }, word("degreesNote")), el("div", { class: "fields" }, inputs));
  return { part, values };
}

const field = (label, input) => el("label", { class: "field" }, el("span", {}, label), input);

/**
 * Build the form of one endpoint, filled with the values `kept` of an earlier one. Calls `on.endpoint(name)`, `on.change()`, `on.send()` and `on.queue()`
 * as the user acts. Returns the tiles of the photos, `uuid()`, the `terms()` of the outcome, and `showSet(charges)`.
 */
export function requestForm(form, contract, endpoint, kept, on) {
  // Endpoints of another contract may take the same photos; their names tell these apart.
  const label = (one) => (contract.endpoints.filter((other) => viewsOf(other) === viewsOf(one)).length > 1 ? `${viewsOf(one)} · ${one.name}` : viewsOf(one));
  const tabs = tabList(word("endpoint"), contract.endpoints.map((one) => [one.name, label(one), one.path]), endpoint.name, on.endpoint, "photos");
  const views = endpoint.views.map((view) => view.name);
  // Several files find their views by their names; one file belongs where it was dropped.
  const take = (files, place) => {
    const places = files.length === 1 ? new Map([[place, files[0]]]) : assign(files, views, place);
    const left = files.filter((file) => ![...places.values()].includes(file)).map((file) => file.name);
    on.refused(left.length ? word("leftOut", { names: left.join(", ") }) : "");
    for (const [at, file] of places) tiles[at].use(file);
  };
  const tiles = endpoint.views.map((view, place) => ({ view, ...photoTile(view, { changed: () => on.change(), dropped: (files) => files.length && take(files, place), refused: on.refused }) }));
  const outcome = outcomeChoice(contract, endpoint);
  const delay = el("input", { type: "text", size: 9, placeholder: "200-800", pattern: "\\s*[0-9]{1,6}(-[0-9]{1,6})?\\s*", title: word("delayForm") });
  const fault = el("select", {}, option("", word("noFault")), contract.faults.map((name) => option(name, `${name}: ${word(`fault-${name}`)}`)));
  const set = uuidField(contract, endpoint, kept, () => on.set());
  const queue = el("button", { type: "button", class: "second", disabled: true, onclick: () => form.reportValidity() && on.queue() }, word("queueIt"));
  const degrees = degreesFields(endpoint, kept);
  const terms = () => {
    const [kind, value] = outcome.value.split("=");
    const found = kind ? { [kind]: kind === "code" ? Number(value) : value } : {};
    const wait = delay.value.trim();
    // The queue takes milliseconds as a number and a range as a string.
    if (wait) found.delay = /^[0-9]+$/.test(wait) ? Number(wait) : wait;
    if (fault.value) found.fault = fault.value;
    return { ...found, ...degrees.values() };
  };
  form.replaceChildren(
    tabs,
    el("p", { class: "route" }, el("b", {}, endpoint.method), " ", el("code", {}, endpoint.path), endpoint.page ? el("span", { class: "quiet" }, ` ${word("page", { page: endpoint.page })}`) : null),
    el("div", { class: "tiles", id: "photos", role: "tabpanel", "aria-label": label(endpoint) }, tiles.map((tile) => tile.box)),
    el("div", { class: "fields" }, field(word("outcome"), outcome), field(word("delay"), delay), field(word("fault"), fault)),
    degrees.part,
    set.box,
    el("div", { class: "act" }, el("button", { type: "submit", id: "send" }, word("send")),
      el("button", { type: "button", id: "cancel", class: "second", hidden: true, onclick: () => on.cancel() }, word("cancel")), queue),
  );
  const fields = { outcome, delay, fault };
  for (const [name, input] of Object.entries(fields)) {
    if (kept[name] && (input.tagName !== "SELECT" || [...input.options].some((one) => one.value === kept[name]))) input.value = kept[name];
  }
  form.oninput = () => {
    for (const [name, input] of Object.entries(fields)) kept[name] = input.value;
    queue.disabled = !Object.keys(terms()).length;
    on.change();
  };
  queue.disabled = !Object.keys(terms()).length;
  form.onsubmit = (event) => { event.preventDefault(); on.send(); };
  return { tiles, take, terms, uuid: set.value, showSet: set.show };
}

/** Write the terms of an outcome as a `Prefer` header. */
export const preferOf = (terms) => Object.entries(terms).map(([name, value]) => `${name}=${value}`).join(", ");

/** Build the body of a request from an account and the form. */
export async function bodyOf(account, fields) {
  const body = { Email: account.email, UserKey: account.user_key, APIKey: account.api_key };
  if (fields.uuid()) body.uuid = fields.uuid();
  for (const tile of fields.tiles) {
    const text = await tile.text();
    if (text !== null) body[tile.view.photo] = text;
  }
  return body;
}

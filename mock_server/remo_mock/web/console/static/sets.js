import { el } from "./dom.js";
import { viewsOf, word } from "./words.js";

/** Make a random uuid (version 4). `crypto.randomUUID` is missing where a page came over http from another machine. */
export function randomUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const credits = (n) => `${n} ${word(n === 1 ? "creditOne" : "creditMany")}`;

const priceText = ({ credits: n, photos, isOfSet }) => word(isOfSet ? "priceOfSet" : "priceEach", { photos, price: credits(n) });

/**
 * Make the field of the uuid, which makes several requests a set, with a button that fills in a new one and the price
 * below. `changed` is called when there is another uuid. `show(charges)` lists what was charged under this uuid.
 */
export function uuidField(contract, endpoint, kept, changed) {
  const input = el("input", { type: "text", autocomplete: "off", spellcheck: false, value: kept.uuid ?? "" });
  const sum = el("span", { class: "sum", role: "status" });
  const value = () => input.value.trim();
  const update = () => { kept.uuid = value(); changed(); };
  const renew = el("button", { type: "button", class: "second", title: word("newUuid"), onclick: () => { input.value = randomUuid(); update(); } }, word("new"));
  input.onchange = update;
  const box = el("div", { class: "set" },
    el("label", { class: "field" }, el("span", {}, word("uuid")), input), renew,
    el("p", { class: "quiet" }, priceText(endpoint.price), " ", sum));
  const views = new Map(contract.endpoints.map((one) => [one.name, viewsOf(one)]));
  const show = (charges) => {
    const own = charges.filter((charge) => charge.uuid === value());
    const text = own.map((charge) => `${views.get(charge.endpoint) ?? charge.endpoint} ${charge.change}`).join(", ");
    const total = -own.reduce((all, charge) => all + charge.change, 0);
    sum.textContent = value() && own.length ? word("setSoFar", { text, price: credits(total) }) : "";
  };
  return { box, input, value, show };
}

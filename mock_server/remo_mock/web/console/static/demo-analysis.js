import { admin, call } from "./api.js";
import { base64Of } from "./files.js";
import { randomUuid } from "./sets.js";

// One endpoint takes both sides, one photo after the other.
const BOTH_SIDES = "side";

/**
 * List the ways to send one person's photos: `slots` are the views to fill, `requests(filled)` the requests to make.
 * Endpoints that share sets and take one photo each make one way together; each that takes several photos is one of its own.
 */
export function plansOf(contract) {
  const single = contract.endpoints.filter((one) => one.views.length === 1);
  const sets = new Set(single.map((one) => one.price.set));
  const split = [...sets].map((set) => {
    const endpoints = single.filter((one) => one.price.set === set);
    const slots = endpoints.flatMap((one) => (one.views[0].name === BOTH_SIDES ? [one.views[0].name, one.views[0].name] : [one.views[0].name]));
    const of = (view) => endpoints.find((one) => one.views[0].name === view);
    return { name: endpoints.map((one) => one.name).join("+"), isSplit: true, slots,
      requests: (filled) => filled.map((place) => ({ endpoint: of(slots[place]), places: [place] })) };
  });
  const whole = contract.endpoints.filter((one) => one.views.length > 1).map((endpoint) => ({
    name: endpoint.name, isSplit: false, slots: endpoint.views.map((view) => view.name),
    requests: (filled) => [{ endpoint, places: filled }] }));
  return [...split.sort((a, b) => b.slots.length - a.slots.length), ...whole];
}

/**
 * Read a reply as what the demo shows of one view: the drawn photo and the values, or the code that refused it. The
 * whole body goes with the first of its views.
 */
function resultOf(endpoint, place, view, reply, isFirst) {
  const failed = (code, message) => ({ place, endpoint: endpoint.name, view: view.name, good: false, code, message, hints: reply.hints });
  let body;
  try {
    body = JSON.parse(reply.text);
  } catch {
    return failed(reply.status, "");
  }
  if (body?.state !== true) return failed(body?.status_code ?? body?.status ?? reply.status, body?.message ?? body?.detail ?? "");
  const metrics = endpoint.metrics.filter((metric) => metric.view === view.name && typeof body[metric.value] === "number");
  return {
    place, endpoint: endpoint.name, view: view.name, good: true, image: body[view.image], hints: reply.hints, body: isFirst ? body : null,
    values: Object.fromEntries(metrics.map((metric) => [metric.name, { value: body[metric.value], grade: body[metric.grade] }])),
  };
}

/**
 * Send a person's photos as their plan says, all requests at once with one uuid, as clients of the family do.
 * `arrived(results)` is called with the results of each reply; `signal` cancels what has not been answered.
 */
export async function analyse(plan, person, account, { arrived, signal }) {
  const filled = plan.slots.map((_, place) => place).filter((place) => person.photos[place]);
  const uuid = randomUuid();
  await Promise.all(plan.requests(filled).map(async ({ endpoint, places }) => {
    const body = { Email: account.email, UserKey: account.user_key, APIKey: account.api_key, uuid };
    const views = places.map((place) => endpoint.views.find((view) => view.name === plan.slots[place]));
    for (const [index, place] of places.entries()) body[views[index].photo] = await base64Of(person.photos[place].blob);
    const reply = await call(endpoint, body, person.profile ? `profile=${person.profile}` : "", signal);
    if (!signal.aborted) arrived(places.map((place, index) => resultOf(endpoint, place, views[index], reply, index === 0)));
  }));
}

/** Return the account that pays for the demo: the first that has credits, else the first; null if there is none. */
export async function payingAccount() {
  const { accounts } = await admin("GET", "/accounts");
  return accounts.find((one) => one.credit > 0) ?? accounts[0] ?? null;
}

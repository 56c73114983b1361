import { language } from "./words.js";

const KEPT = "remo-mock-token";

/** An error reply of our own routes, with its HTTP status; status 0 if the mock was not reached. */
export class AdminError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Keep the admin token for this tab. It comes in the fragment of the printed address, which browsers do not send. */
export function keepToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const given = fragment.get("token");
  if (!given) return;
  sessionStorage.setItem(KEPT, given);
  fragment.delete("token");
  const rest = fragment.toString();
  history.replaceState(null, "", location.pathname + location.search + (rest ? `#${rest}` : ""));
}

export const setToken = (token) => sessionStorage.setItem(KEPT, token);

/** Return the token that was given, or null; whether it is the right one, only the server can say. */
export const givenToken = () => sessionStorage.getItem(KEPT);

const isSendable = (token) => /^[\x21-\x7e]+$/.test(token);

/** Call one of our own routes; returns parsed JSON, or null for an empty reply. Throws `AdminError`. */
export async function admin(method, path, body) {
  const headers = {};
  const token = sessionStorage.getItem(KEPT);
  if (token && isSendable(token)) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(`/__admin${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new AdminError(0, "");
  }
  const text = await response.text();
  if (!response.ok) {
    let detail = text;
    try {
      const problem = JSON.parse(text);
      detail = problem.details?.[language] ?? problem.detail ?? text;
    } catch { /* not problem+json: shown as it is */ }
    throw new AdminError(response.status, detail);
  }
  return text ? JSON.parse(text) : null;
}

/** Return a reply's hint by language: the header has English alone, the journal, which may be cleared, every one. */
async function hintsOf(response) {
  const en = response.headers.get("X-Remo-Mock-Hint") ?? "";
  const number = response.headers.get("X-Remo-Mock-Request");
  if (!en || !number) return { en, ko: en };
  try {
    return (await admin("GET", `/requests/${number}`)).reasons ?? { en, ko: en };
  } catch {
    return { en, ko: en };
  }
}

/**
 * Call a vendor route as a client does. Returns status, hints by language, what was applied, text and milliseconds; `text` is null if the
 * connection broke, or if `signal` ended the wait.
 */
export async function call(endpoint, body, prefer, signal) {
  const headers = { "Content-Type": "application/json" };
  if (prefer) headers.Prefer = prefer;
  const began = performance.now();
  const reply = { status: 0, hints: { en: "", ko: "" }, applied: "", text: null };
  try {
    const response = await fetch(endpoint.path, { method: endpoint.method, headers, body: JSON.stringify(body), signal });
    reply.status = response.status;
    reply.applied = response.headers.get("Preference-Applied") ?? "";
    reply.text = await response.text();
    reply.milliseconds = Math.round(performance.now() - began);
    reply.hints = await hintsOf(response);
  } catch { /* the connection ended: a client sees no more than this, either */ }
  return { milliseconds: Math.round(performance.now() - began), ...reply };
}

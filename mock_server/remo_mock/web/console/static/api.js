const KEPT = "remo-mock-token";

/** What went wrong, in the words of the server, or in ours if it was not reached. */
export class Trouble extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Keep the admin token for this tab. It comes in the fragment of the printed address, which no server ever sees. */
export function keepToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return;
  sessionStorage.setItem(KEPT, given);
  history.replaceState(null, "", location.pathname + location.search);
}

export const setToken = (token) => sessionStorage.setItem(KEPT, token);

/** Tell whether a token was given that can be sent at all; whether it is right, the server knows. */
export const hasToken = () => Boolean(sessionStorage.getItem(KEPT));

const isSendable = (token) => /^[\x21-\x7e]+$/.test(token);

/** Ask one of our own routes; returns parsed JSON, or null for an empty answer. Throws `Trouble`. */
export async function admin(method, path, body) {
  const headers = {};
  const token = sessionStorage.getItem(KEPT);
  if (token && isSendable(token)) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`/__admin${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Trouble(0, "");
  }
  const text = await answer.text();
  if (!answer.ok) {
    let told = text;
    try {
      told = JSON.parse(text).detail ?? text;
    } catch { /* not a problem of ours, told as it is */ }
    throw new Trouble(answer.status, told);
  }
  return text ? JSON.parse(text) : null;
}

/** Call a vendor route as a client does. Returns status, headers of ours, text, milliseconds; `text` is null if the connection broke. */
export async function call(endpoint, body, prefer) {
  const headers = { "Content-Type": "application/json" };
  if (prefer) headers.Prefer = prefer;
  const began = performance.now();
  const told = { status: 0, hint: "", applied: "", text: null };
  try {
    const answer = await fetch(endpoint.path, { method: endpoint.method, headers, body: JSON.stringify(body) });
    told.status = answer.status;
    told.hint = answer.headers.get("X-Remo-Mock-Hint") ?? "";
    told.applied = answer.headers.get("Preference-Applied") ?? "";
    told.text = await answer.text();
  } catch { /* the connection ended: a client sees no more than this either */ }
  return { ...told, milliseconds: Math.round(performance.now() - began) };
}

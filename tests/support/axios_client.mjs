// A client that behaves as the public one of this API does, run over the steps of a JSON file: each step is a list of
// requests that are sent at once. Prints what became of each request, as JSON.
import { readFileSync } from 'node:fs';
import axios from 'axios';

const KNOWN = new Set([400, 411, 412, 413, 414, 415, 418, 420, 421, 422, 511, 512, 514, 515, 517, 518, 522, 550, 559]);
const PAUSES = [10, 20]; // milliseconds; the public client waits 1 s and 2 s
const TRIES = 3;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function post(url, credentials, photos) {
  const { Email, UserKey, APIKey } = credentials;
  const headers = { 'Content-Type': 'application/json' };
  for (let turn = 1; ; turn += 1) {
    try {
      const reply = await axios.post(url, { Email, UserKey, APIKey, ...photos }, { headers, timeout: 30_000 });
      return { reply, tries: turn };
    } catch (error) {
      const again = error.response === undefined || error.response.status >= 500;
      if (!again || turn === TRIES) throw Object.assign(error, { tries: turn });
      await wait(PAUSES[turn - 1]);
    }
  }
}

// Never reads `status_code`.
function read({ reply, tries }) {
  const { data } = reply;
  if (data.state !== true) {
    const code = data.status ?? data.code;
    return { ok: false, tries, status: reply.status, code, known: KNOWN.has(code), text: data.message ?? data.msg ?? data.error };
  }
  const images = Object.entries(data).filter(([, value]) => typeof value === 'string' && value.startsWith('data:'));
  const stripped = images.map(([name, value]) => [name, value.replace(/^data:image\/\w+;base64,/, '')]);
  return { ok: true, tries, status: reply.status, fields: { ...data, ...Object.fromEntries(stripped) } };
}

async function analyse({ url, credentials, photos }) {
  try {
    return read(await post(url, credentials, photos));
  } catch (error) {
    const status = error.response?.status;
    return { ok: false, tries: error.tries, status, code: status, known: KNOWN.has(status), error: error.code };
  }
}

const { photos, steps } = JSON.parse(readFileSync(process.argv[2]));
const withPhotos = (request) => ({
  ...request,
  photos: Object.fromEntries(Object.entries(request.photos).map(([field, name]) => [field, photos[name]])),
});
const seen = [];
for (const step of steps) seen.push(await Promise.all(step.map((request) => analyse(withPhotos(request)))));
console.log(JSON.stringify(seen));

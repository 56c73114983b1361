import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import axios from 'axios';
import { startMock } from './mock.mjs';

const demo = { Email: 'demo@example.com', UserKey: 'demo-user-key', APIKey: 'demo-api-key' };
let mock, api, tries;

before(async () => {
  mock = await startMock();
  api = axios.create({ baseURL: mock.url, timeout: 10_000 });
  // Three tries on no answer and on HTTP 5xx: codes such as 518 are among them.
  api.interceptors.response.use(undefined, (error) => {
    const again = (error.response?.status ?? 500) >= 500 && (tries += 1) < 3;
    return again ? api(error.config) : Promise.reject(error);
  });
});
after(() => mock.stop());

async function send(outcome) {
  const photo = await axios.get(`${mock.url}/console/photos/back.jpg`, { responseType: 'arraybuffer' });
  await axios.post(`${mock.url}/__admin/outcomes`, { account: demo.Email, ...outcome });
  tries = 0;
  return api.post('/api/analysis-skeleton-v2-back', { ...demo, borigimg: Buffer.from(photo.data).toString('base64') });
}

test('queued once, the error is retried away, and the second try pays', async () => {
  const { data } = await send({ code: 518 });
  assert.deepEqual([tries, data.state, data.credit], [1, true, 99]);
});

test('queued until the photo changes, the error is seen', async () => {
  await assert.rejects(send({ code: 518, until: 'photo changes' }), (error) => error.response.data.status === 518);
  assert.equal(tries, 3);
});

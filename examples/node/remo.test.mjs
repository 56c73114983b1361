import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startMock } from './mock.mjs';
import { analyseBack } from './remo.mjs';

const demo = { Email: 'demo@example.com', UserKey: 'demo-user-key', APIKey: 'demo-api-key' };
let mock, photo;

before(async () => {
  mock = await startMock();
  photo = Buffer.from(await (await fetch(`${mock.url}/console/photos/back.jpg`)).arrayBuffer());
});
after(() => mock.stop());

test('a photo comes back with the skeleton on it, for a credit', async () => {
  const result = await analyseBack(photo, { url: mock.url, ...demo });
  assert.match(result.borigimg, /^data:image\/jpeg;base64,/);
  assert.deepEqual([result.credit_change, result.bar_tilt_grade], [-1, 0]);
});

test('nobody in the photo is an error with a code', async () => {
  const asked = { url: mock.url, ...demo, Email: 'demo+518@example.com' };
  await assert.rejects(analyseBack(photo, asked), { code: 518, message: /no person/ });
});

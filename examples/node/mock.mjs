// Starts the mock from a test, in whatever runner: await startMock() before, await mock.stop() after.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export async function startMock(...options) {
  const ready = join(await mkdtemp(join(tmpdir(), 'remo-mock-')), 'ready.json');
  const server = spawn('remo-mock', ['serve', '--port', '0', '--ready-file', ready, ...options], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve)).then(() => rm(dirname(ready), { recursive: true }));
  await promisify(execFile)('remo-mock', ['health', '--ready-file', ready, '--wait', '20']);
  const { url } = JSON.parse(await readFile(ready, 'utf8'));
  return { url, stop: () => (server.kill(), ended) };
}

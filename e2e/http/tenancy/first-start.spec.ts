import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import supertest from 'supertest';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../libs/testing/src/postgres';
import { freePort } from '../../../libs/testing/src/free-port';

/** Starts the program as an operator does; gives what it says until it listens. */
async function firstLines(environment: Record<string, string>): Promise<{ lines: string[]; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['dist/api/main.js'], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith('listening')) break;
  }
  return {
    lines,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

it('makes a token for the first admin, and shows it this once', async () => {
  const database = await createTestDatabase();
  const port = await freePort();
  const environment = { ...database.environment, NETYARD_API_PORT: String(port), NETYARD_LOG_LEVEL: 'warn' };
  const first = await firstLines(environment);
  const [, token = ''] = /^admin token, shown this once: (ny_\S+)$/m.exec(first.lines.join('\n')) ?? [];
  const ask = () => supertest(`http://127.0.0.1:${port}`).get('/v1/tokens').set('Authorization', `Bearer ${token}`);
  expect((await ask().expect(200)).body.items).toMatchObject([{ metadata: { name: 'first-admin' }, spec: { role: 'admin' } }]);
  await first.stop();
  const second = await firstLines(environment);
  expect(second.lines.join('\n')).not.toContain('admin token');
  await ask().expect(200);
  await second.stop();
  await database.close();
});

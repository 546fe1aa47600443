import { afterAll, beforeAll, expect, it } from 'vitest';
import { Deployment } from '../../libs/testing/src/deployment';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 1 });
});
afterAll(() => deployment.close());

it('a host enrols once, and comes back with what it got for that', async () => {
  await deployment.kill('worker-h1');
  const { body } = await deployment.request<{ status: { token: string } }>('POST', '/v1/hosts/enrolments', { spec: { host: 'h1' } });
  deployment.startWorker('h1', undefined, body.status.token);
  await deployment.create('sandboxes', 'a', { host: 'h1' });
  // The token has been used up; the credential is in the state directory.
  await deployment.kill('worker-h1', 'SIGKILL');
  deployment.startWorker('h1', undefined, body.status.token);
  await deployment.create('sandboxes', 'b', { host: 'h1' });
  const left = await deployment.get<{ items: unknown[] }>('/v1/hosts/enrolments');
  expect(left.body.items).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deployment, isReady, type ApiObject } from '@netyard/testing';

const count = 120;

describe('two API replicas on one database', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 1, replicas: 2 });
    await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.40.0.0/16' }] });
  });
  afterAll(() => deployment.close());

  it('miss nothing and do nothing twice while the worker moves from one to the other', async () => {
    const write = async (index: number): Promise<void> => {
      const replica = index % 2;
      const sandbox = await deployment.request(
        'POST',
        '/v1/sandboxes',
        { metadata: { name: `s${index}` }, spec: { host: 'h1' } },
        {},
        replica,
      );
      const endpoint = await deployment.request(
        'POST',
        '/v1/endpoints',
        { metadata: { name: `e${index}` }, spec: { network: 'web', sandbox: `s${index}` } },
        {},
        replica,
      );
      expect([sandbox.status, endpoint.status]).toEqual([201, 201]);
    };
    for (let index = 0; index < count; index++) {
      await write(index);
      // Forth and back, each time with changes under way.
      if (index === 40 || index === 80) {
        await deployment.kill('worker-h1', 'SIGTERM');
        deployment.startWorker('h1', [index === 40 ? 1 : 0]);
      }
    }
    await deployment.until('all are Ready', async () => {
      const { body } = await deployment.get<{ items: ApiObject[] }>('/v1/endpoints?limit=500');
      return body.items.filter(isReady).length === count;
    });

    const links = deployment.underlay.host('h1').ip<{ ifalias?: string }[]>('link');
    const joined = links.flatMap(({ ifalias }) => (ifalias?.startsWith('netyard:endpoint:') ? [ifalias] : []));
    expect(joined).toHaveLength(count);
    expect(new Set(joined).size).toBe(count);
  });

  it('serve a worker whose replica dies: it goes on with the other', async () => {
    await deployment.kill('worker-h1', 'SIGTERM');
    deployment.startWorker('h1', [0, 1]);
    const probe = { spec: { sandbox: 's0', kind: 'ping', target: '10.40.0.1', count: 1 } };
    await deployment.until('the worker serves', async () => {
      const { body } = await deployment.request<{ status: { result: { received: number } | null } }>('POST', '/v1/probes', probe);
      return body.status.result?.received === 1;
    });
    await deployment.kill('api-0', 'SIGKILL');
    const made = await deployment.request(
      'POST',
      '/v1/sandboxes',
      { metadata: { name: 'late' }, spec: { host: 'h1' } },
      { prefer: 'wait=60' },
      1,
    );
    expect({ status: made.status, ready: isReady(made.body) }).toEqual({ status: 201, ready: true });
    await deployment.startApi(0);
  });
});

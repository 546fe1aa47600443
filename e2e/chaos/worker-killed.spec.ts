import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deployment, isReady, type ApiObject } from '@netyard/testing';

const count = 200;

describe('a worker that is killed in the middle of its work', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 1 });
    await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.30.0.0/16' }] });
    const items = Array.from({ length: count }, (_, index) => ({ metadata: { name: `s${index}` }, spec: { host: 'h1' } }));
    const made = await deployment.request('POST', '/v1/sandboxes/bulk', { items }, { prefer: 'wait=60' });
    expect(made.status).toBe(201);
  });
  afterAll(() => deployment.close());

  const veths = (): string[] =>
    deployment.underlay
      .host('h1')
      .ip<{ ifname: string; ifalias?: string }[]>('link')
      .flatMap(({ ifname, ifalias }) => (ifalias?.startsWith('netyard:endpoint:') ? [ifname] : []));

  const ready = async (): Promise<number> => {
    const { body } = await deployment.get<{ items: ApiObject[] }>(`/v1/endpoints?limit=500`);
    return body.items.filter(isReady).length;
  };

  it('loses and leaks nothing of 200 joins', async () => {
    const items = Array.from({ length: count }, (_, index) => ({
      metadata: { name: `e${index}` },
      spec: { network: 'web', sandbox: `s${index}` },
    }));
    const asked = deployment.request('POST', '/v1/endpoints/bulk', { items });
    await deployment.until('some joins are done', async () => veths().length > 0);
    await deployment.kill('worker-h1', 'SIGKILL');
    const whenKilled = veths().length;
    expect((await asked).status).toBe(201);

    deployment.startWorker('h1');
    await deployment.until('all are Ready', async () => (await ready()) === count);
    expect(veths()).toHaveLength(count);
    expect(new Set(veths()).size).toBe(count);
    expect(whenKilled).toBeGreaterThan(0);
    expect(await deployment.probe({ sandbox: 's0', kind: 'ping', target: '10.30.0.1', count: 1 })).toMatchObject({ received: 1 });
  });

  it('loses nothing of 200 leaves either', async () => {
    const refs = Array.from({ length: count }, (_, index) => `e${index}`);
    const asked = deployment.request('POST', '/v1/endpoints/bulk-delete', { refs });
    await deployment.until('some are gone', async () => veths().length < count);
    await deployment.kill('worker-h1', 'SIGKILL');
    expect((await asked).status).toBeLessThan(300);
    deployment.startWorker('h1');
    await deployment.until(
      'the database has none',
      async () => (await deployment.get<{ items: ApiObject[] }>('/v1/endpoints')).body.items.length === 0,
    );
    expect(veths()).toEqual([]);
    const { body } = await deployment.get<{ status: { subnets: { addressesInUse: number }[] } }>('/v1/networks/web');
    expect(Number(body.status.subnets[0]?.addressesInUse)).toBe(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deployment } from '@netyard/testing';

describe('a restart', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 1 });
    await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.50.0.0/24' }] });
    for (const name of ['a', 'b']) {
      await deployment.create('sandboxes', name, { host: 'h1' });
      await deployment.create('endpoints', name, { network: 'web', sandbox: name });
    }
  });
  afterAll(() => deployment.close());

  const bridgeIndex = (): number | undefined =>
    deployment.underlay
      .host('h1')
      .ip<{ ifindex: number; ifalias?: string }[]>('link')
      .find(({ ifalias }) => ifalias?.startsWith('netyard:endpoint:'))?.ifindex;

  it('of API and worker changes no link, and traffic went on without them', async () => {
    const index = bridgeIndex();
    await deployment.kill('api-0', 'SIGKILL');
    await deployment.kill('worker-h1', 'SIGKILL');
    expect(deployment.underlay.host('h1').run('ping', '-c1', '-W30', '10.50.0.2')).toContain('1 received');
    deployment.startWorker('h1');
    await deployment.startApi(0);
    await deployment.until(
      'the worker is back',
      async () =>
        (await deployment.request('POST', '/v1/probes', { spec: { sandbox: 'a', kind: 'ping', target: '10.50.0.3', count: 1 } })).status ===
        201,
    );
    expect(bridgeIndex()).toBe(index);
  });
});

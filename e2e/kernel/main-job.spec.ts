import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deployment, type ApiObject } from '@netyard/testing';

const netyardLinks = (deployment: Deployment): string[] =>
  deployment.underlay.hosts.flatMap((host) =>
    host
      .ip<{ ifname: string; ifalias?: string }[]>('link')
      .flatMap(({ ifname, ifalias }) => (ifalias?.startsWith('netyard:') ? [ifname] : [])),
  );

describe('the main job, from HTTP to the kernel', () => {
  let deployment: Deployment;
  let before: string[];

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 1 });
    await deployment.until('the default network stands', async () => netyardLinks(deployment).length > 0);
    before = netyardLinks(deployment);
    await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.10.0.0/24' }, { cidr: 'fd00:10::/64' }] });
    for (const name of ['a', 'b']) {
      await deployment.create('sandboxes', name, { host: 'h1' });
      await deployment.create('endpoints', `${name}-web`, { network: 'web', sandbox: name });
    }
  });
  afterAll(() => deployment.close());

  const addressesOf = async (endpoint: string): Promise<string[]> => {
    const { body } = await deployment.get<ApiObject & { status: { addresses: string[] } }>(`/v1/endpoints/${endpoint}`);
    return (body.status.addresses as string[]).map((address) => address.split('/')[0] ?? '');
  };

  it('lets two sandboxes reach each other, over IPv4 and IPv6', async () => {
    for (const target of await addressesOf('b-web'))
      expect(await deployment.probe({ sandbox: 'a', kind: 'ping', target, count: 2 })).toMatchObject({
        sent: 2,
        received: 2,
        lossPercent: 0,
      });
  });

  it('says that a port nobody listens on refuses', async () => {
    const [target] = await addressesOf('b-web');
    expect(await deployment.probe({ sandbox: 'a', kind: 'tcp', target, port: 81 })).toMatchObject({ connected: false });
  });

  it('makes the kernel equal the answer', async () => {
    const { body } = await deployment.get('/v1/endpoints/a-web');
    const status = body.status as unknown as { hostLink: string; macAddress: string };
    const host = deployment.underlay.host('h1');
    expect(host.ip('link', 'show', status.hostLink)[0]).toMatchObject({ ifalias: `netyard:endpoint:${body.metadata.id}` });
  });

  it('keeps the addresses when an endpoint leaves and joins again', async () => {
    const addresses = await addressesOf('b-web');
    const left = await deployment.request('POST', '/v1/endpoints/b-web/leave', {}, { prefer: 'wait=60' });
    expect(left.status).toBeLessThan(300);
    expect(await deployment.probe({ sandbox: 'a', kind: 'ping', target: addresses[0], count: 1, timeoutMs: 1500 })).toMatchObject({
      received: 0,
    });
    const joined = await deployment.request('POST', '/v1/endpoints/b-web/join', { sandbox: 'b' }, { prefer: 'wait=60' });
    expect(joined.status).toBeLessThan(300);
    expect(await addressesOf('b-web')).toEqual(addresses);
    expect(await deployment.probe({ sandbox: 'a', kind: 'ping', target: addresses[0], count: 1 })).toMatchObject({ received: 1 });
  });

  it('leaves nothing in the kernel when all is deleted', async () => {
    expect((await deployment.request('DELETE', '/v1/networks/web')).status).toBe(409);
    await deployment.remove('/v1/networks/web?cascade=true');
    for (const name of ['a', 'b']) await deployment.remove(`/v1/sandboxes/${name}`);
    await deployment.until('the host is as before', async () => netyardLinks(deployment).sort().join() === [...before].sort().join());
    expect((await deployment.get('/v1/endpoints/a-web')).status).toBe(404);
  });
});

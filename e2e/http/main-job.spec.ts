import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, type Replica } from './api-under-test';

let under: ApiUnderTest;
let api: Replica;

beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: ['lab-1', 'lab-2'] });
  api = under.replica;
});
afterAll(() => under.close());

describe('the main job', () => {
  it('makes a network, two sandboxes, and an endpoint in each that becomes Ready', async () => {
    const network = await api
      .post('/v1/networks', { metadata: { name: 'web' }, spec: { driver: 'bridge', subnets: [{ cidr: '10.10.0.0/24' }] } })
      .expect(201);
    expect(network.body).toMatchObject({
      metadata: { name: 'web', generation: 1, labels: {}, deletionRequestedAt: null },
      spec: {
        driver: 'bridge',
        ipv6: false,
        internal: false,
        host: null,
        options: { masquerade: true, isolateEndpoints: false, hairpin: false },
      },
      status: {
        hosts: [],
        endpointCount: 0,
        subnets: [{ cidr: '10.10.0.0/24', gateway: '10.10.0.1', family: 'IPv4', addressesInUse: 0, addressesFree: 253 }],
      },
    });
    for (const [name, address, mac] of [
      ['a', '10.10.0.2', '02:4e:0a:0a:00:02'],
      ['b', '10.10.0.3', '02:4e:0a:0a:00:03'],
    ]) {
      await api
        .post('/v1/sandboxes', { metadata: { name }, spec: { host: 'lab-1' } })
        .set('Prefer', 'wait=60')
        .expect(201);
      const endpoint = await api
        .post('/v1/endpoints', { metadata: { name: `${name}-web` }, spec: { network: 'web', sandbox: name } })
        .set('Prefer', 'wait=60')
        .expect(201)
        .expect('Preference-Applied', 'wait=60');
      expect(endpoint.body).toMatchObject({
        spec: { network: 'web', sandbox: name, addresses: [], gatewayPriority: 0 },
        status: {
          addresses: [`${address}/24`],
          gateways: ['10.10.0.1'],
          macAddress: mac,
          interfaceName: 'eth0',
          host: 'lab-1',
          hostLink: expect.stringMatching(/^nyv[0-9a-f]{8}$/) as string,
        },
      });
      expect(endpoint.body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True', observedGeneration: 1 });
    }
    const after = await api.get('/v1/networks/web').expect(200);
    expect(after.body.status).toMatchObject({
      endpointCount: 2,
      mtuBytes: 1500,
      hosts: [{ host: 'lab-1' }],
      subnets: [{ addressesInUse: 2, addressesFree: 251 }],
    });
    expect(after.body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
  });

  it('tells what an endpoint would be without making it, and refuses what creating it would', async () => {
    const state = async () => (await api.get('/v1/networks/web').expect(200)).body;
    const [before, { items: events }] = [await state(), (await api.get('/v1/events?limit=500').expect(200)).body];
    await api.post('/v1/sandboxes', { metadata: { name: 'c' }, spec: { host: 'lab-2' } }).expect(201);
    const body = { metadata: { name: 'c-web' }, spec: { network: 'web', sandbox: 'c' } };
    const planned = (await api.post('/v1/endpoints/preview', body).expect(200)).body;
    expect(planned).toMatchObject({
      metadata: { name: 'c-web', generation: 1 },
      spec: { network: 'web', sandbox: 'c' },
      status: { host: 'lab-2', addresses: ['10.10.0.4/24'], gateways: ['10.10.0.1'], interfaceName: 'eth0' },
    });
    await api.get('/v1/endpoints/c-web').expect(404);
    expect(await state()).toEqual(before);
    expect((await api.get('/v1/events?limit=500').expect(200)).body.items.filter(({ name }: { name: string }) => name === 'c-web')).toEqual(
      [],
    );
    expect(events.length).toBeGreaterThan(0);

    const taken = await api.post('/v1/endpoints/preview', { spec: { network: 'web', sandbox: 'c', addresses: ['10.10.0.2'] } }).expect(409);
    expect(taken.body).toMatchObject({ type: '/problems/address-in-use', errors: [{ pointer: '/spec/addresses/0' }] });
    const named = await api.post('/v1/endpoints/preview', { ...body, metadata: { name: 'a-web' } }).expect(409);
    expect(named.body.type).toBe('/problems/name-taken');

    const made = (await api.post('/v1/endpoints', body).set('Prefer', 'wait=60').expect(201)).body;
    expect(made.status.addresses).toEqual(planned.status.addresses);
    await api.delete('/v1/sandboxes/c').set('Prefer', 'wait=60').expect(204);
  });

  it('runs a probe and answers with its result', async () => {
    const probe = await api.post('/v1/probes', { spec: { sandbox: 'a', kind: 'ping', target: '10.10.0.3', count: 3 } }).expect(201);
    expect(probe.body.status.result).toEqual({
      kind: 'ping',
      sent: 3,
      received: 3,
      lossPercent: 0,
      rttMs: { min: 0.1, avg: 0.2, max: 0.3 },
    });
    expect(probe.body.spec).toEqual({ sandbox: 'a', kind: 'ping', target: '10.10.0.3', count: 3, timeoutMs: 10_000 });
  });

  it('takes a sandbox away with its endpoint, and a network that is empty', async () => {
    await api.delete('/v1/sandboxes/a').set('Prefer', 'wait=60').expect(204);
    await api.get('/v1/endpoints/a-web').expect(404);
    const refusal = await api
      .delete('/v1/networks/web')
      .expect(409)
      .expect('Content-Type', /problem\+json/);
    expect(refusal.body).toMatchObject({ type: '/problems/in-use', detail: expect.stringContaining('b-web') as string, retryable: false });
    await api.delete('/v1/networks/web?cascade=true').set('Prefer', 'wait=60').expect(204);
    await api.get('/v1/endpoints/b-web').expect(404);
    await api.get('/v1/networks/web').expect(404);
    await api.get('/v1/sandboxes/b').expect(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Condition, HostTunnels, ReportedCondition, UnderlayPath } from '@netyard/contracts';
import type { FakeWorker, FakeWorkerOptions } from '../../libs/testing/src/fake-worker';
import { ApiUnderTest, type Replica } from './api-under-test';

const applied: ReportedCondition = { type: 'BridgeReady', status: 'True', reason: 'Applied', message: '' };
const underlay = (status: ReportedCondition['status'], message = ''): ReportedCondition => ({
  type: 'UnderlayCarries',
  status,
  reason: status === 'True' ? 'Measured' : status === 'False' ? 'DroppedSilently' : 'NoAnswer',
  message,
});
const path: UnderlayPath = {
  host: 'two',
  localAddress: '198.51.100.1',
  remoteAddress: '198.51.100.2',
  neededBytes: 1500,
  state: 'drops',
  carriedBytes: 1400,
  refusedBy: '192.0.2.254',
};

describe('what the underlay carries', () => {
  let under: ApiUnderTest;
  let api: Replica;
  let one: FakeWorker;
  let two: FakeWorker;
  let networkId: string;
  let tunnels: HostTunnels = { observedAt: '2026-01-01T00:00:00.000Z', tunnels: [] };

  const able = (number: number): Partial<FakeWorkerOptions> => ({
    features: ['vxlan'],
    underlay: [{ address: `198.51.100.${number}`, mtuBytes: 1500 }],
    answerTo: (question) => (question.type === 'tunnels' ? { type: 'tunnels', tunnels } : null),
  });

  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    api = under.replica;
    one = await under.addHost('one', able(1));
    two = await under.addHost('two', able(2));
    const { body } = await api.post('/v1/networks', { metadata: { name: 'wide' }, spec: { driver: 'overlay' } }).expect(201);
    networkId = body.metadata.id;
    for (const host of ['one', 'two']) {
      await api.post('/v1/sandboxes', { metadata: { name: host }, spec: { host } }).expect(201);
      await api
        .post('/v1/endpoints', { metadata: { name: host }, spec: { network: 'wide', sandbox: host } })
        .set('Prefer', 'wait=60')
        .expect(201);
    }
  });
  afterAll(() => under.close());

  const say = (worker: FakeWorker, ...conditions: ReportedCondition[]): Promise<void> =>
    worker.report({
      objects: [{ kind: 'network', id: networkId, observedGeneration: 1, gone: false, conditions: [applied, ...conditions] }],
    });
  const conditions = async (): Promise<Record<string, Condition>> => {
    const { body } = await api.get('/v1/networks/wide').expect(200);
    return Object.fromEntries((body.status.conditions as Condition[]).map((condition) => [condition.type, condition]));
  };

  describe('on networks', () => {
    it('is not told of while no host has said anything of it', async () => {
      expect(Object.keys(await conditions())).toEqual(['Ready']);
    });

    it('is as bad as the worst host says, and does not count for Ready', async () => {
      await say(one, underlay('True'));
      await say(two, underlay('True'));
      expect((await conditions())['UnderlayCarries']).toMatchObject({
        status: 'True',
        reason: 'Measured',
        message: '',
        observedGeneration: 1,
      });
      await say(two, underlay('Unknown', 'host two does not know'));
      expect((await conditions())['UnderlayCarries']).toMatchObject({
        status: 'Unknown',
        reason: 'NoAnswer',
        message: 'host two does not know',
      });
      await say(one, underlay('False', 'from host one to host two less passes'));
      const told = await conditions();
      expect(told['UnderlayCarries']).toMatchObject({
        status: 'False',
        reason: 'DroppedSilently',
        message: 'from host one to host two less passes',
      });
      expect(told['Ready']).toMatchObject({ status: 'True' });
      await say(two, underlay('False', 'from host two to host one less passes'));
      expect((await conditions())['UnderlayCarries']?.message).toBe('from host one to host two less passes. The like is said by host two');
    });

    it('is told with each host too, and cleared when it is mended', async () => {
      const { body } = await api.get('/v1/networks/wide').expect(200);
      expect(body.status.hosts[0].conditions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: 'Ready', status: 'True' }),
          expect.objectContaining({ type: 'UnderlayCarries', status: 'False' }),
        ]),
      );
      await say(one, underlay('True'));
      await say(two, underlay('True'));
      expect((await conditions())['UnderlayCarries']).toMatchObject({ status: 'True', message: '' });
    });

    it('is no excuse for a bridge that does not stand', async () => {
      await one.report({
        objects: [
          {
            kind: 'network',
            id: networkId,
            observedGeneration: 1,
            gone: false,
            conditions: [{ ...applied, status: 'False', reason: 'EPERM', message: 'not permitted' }, underlay('True')],
          },
        ],
      });
      expect((await conditions())['Ready']).toMatchObject({ status: 'False', reason: 'EPERM' });
      await say(one, underlay('True'));
    });
  });

  it('is told of each path with the host', async () => {
    expect((await api.get('/v1/hosts/one').expect(200)).body.status.paths).toEqual([]);
    await one.register({ paths: [path] });
    expect((await api.get('/v1/hosts/one').expect(200)).body.status.paths).toEqual([path]);
  });

  it.each([
    { name: 'a state that there is none of', change: { state: 'odd' }, pointer: '/paths/0/state' },
    { name: 'what is no address', change: { remoteAddress: 'two' }, pointer: '/paths/0/remoteAddress' },
    { name: 'less than nothing', change: { carriedBytes: -1 }, pointer: '/paths/0/carriedBytes' },
  ])('is refused where a worker says $name', async ({ change, pointer }) => {
    await expect(one.register({ paths: [{ ...path, ...change } as UnderlayPath] })).rejects.toThrow(pointer);
  });

  describe('and tunnels', () => {
    const traffic = { bytes: 1000, packets: 10, dropped: 0, errors: 0 };
    const tunnel = {
      link: 'nyx01234567',
      vni: 4096,
      port: 4789,
      localAddress: '198.51.100.1',
      encrypted: false,
      mtuBytes: 1450,
      ingress: traffic,
      egress: traffic,
      remotes: [
        {
          host: 'two',
          address: '198.51.100.2',
          endpointCount: 1,
          path: { neededBytes: 1500, state: 'carries' as const, carriedBytes: 1500, refusedBy: null },
          measuredAt: '2026-01-01T00:00:00.000Z',
        },
      ],
    };

    it('are told by the host itself, by the names of networks, and those of nobody are left out', async () => {
      tunnels = {
        observedAt: '2026-01-01T00:00:00.000Z',
        tunnels: [
          { networkId: networkId as HostTunnels['tunnels'][number]['networkId'], ...tunnel },
          { networkId: '0192d3a0-0000-7000-8000-00000000dead' as HostTunnels['tunnels'][number]['networkId'], ...tunnel },
        ],
      };
      const { body } = await api.get('/v1/hosts/one/tunnels').expect(200);
      expect(body).toEqual({ observedAt: tunnels.observedAt, items: [{ network: 'wide', ...tunnel }] });
    });

    it('are none of an unknown host', async () => {
      const { body } = await api.get('/v1/hosts/nowhere/tunnels').expect(404);
      expect(body).toMatchObject({ type: '/problems/not-found', detail: expect.stringContaining('nowhere') });
    });

    it('are not to be had from a host that does not answer', async () => {
      await under.addHost('mute', { features: ['vxlan'], underlay: [{ address: '198.51.100.7', mtuBytes: 1500 }] });
      const { body } = await api.get('/v1/hosts/mute/tunnels').expect(503);
      expect(body).toMatchObject({ type: '/problems/unavailable', retryable: true, detail: expect.stringContaining('host mute') });
    });
  });

  it('is not itself taken for a network: a subnet with an address of the underlay in it is refused, naming the host', async () => {
    const { body } = await api
      .post('/v1/networks', { metadata: { name: 'refused' }, spec: { driver: 'overlay', subnets: [{ cidr: '198.51.100.0/30' }] } })
      .expect(409);
    expect(body).toMatchObject({ type: '/problems/subnet-overlap', errors: [{ pointer: '/spec/subnets/0/cidr' }] });
    expect(body.detail).toMatch(/^198\.51\.100\.0\/30 overlaps the route 198\.51\.100\.[12]\/32 of host (one|two)$/);
    await api.get('/v1/networks/refused').expect(404);
  });
});

describe('an underlay that lies in a network of hosts', () => {
  let under: ApiUnderTest;
  const able = (address: string): Partial<FakeWorkerOptions> => ({ features: ['vxlan'], underlay: [{ address, mtuBytes: 1500 }] });
  const conditionsOf = async (host: string, tenant = 'default'): Promise<Condition[]> => {
    const { body } = await under.replica.get(`/v1/hosts/${host}`).set('Netyard-Tenant', tenant).expect(200);
    return body.status.conditions as Condition[];
  };

  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    await under.addHost('first', able('198.51.100.1'));
    await under.replica.post('/v1/tenants', { metadata: { name: 'routed' } }).expect(201);
    for (const [tenant, cidr] of [
      ['default', '10.7.0.0/24'],
      ['routed', '10.8.0.0/24'],
    ] as const)
      await under.replica
        .post('/v1/networks', { metadata: { name: 'wide' }, spec: { driver: 'overlay', subnets: [{ cidr }] } })
        .set('Netyard-Tenant', tenant)
        .expect(201);
  });
  afterAll(() => under.close());

  it('is told of the host that comes later, until one of both goes', async () => {
    const late = await under.addHost('late', able('10.7.0.9'));
    expect(await conditionsOf('late')).toMatchObject([
      { type: 'Ready', status: 'True' },
      {
        type: 'UnderlayClear',
        status: 'False',
        reason: 'SubnetOverlap',
        message:
          '10.7.0.9 lies in 10.7.0.0/24 of network wide: hosts that have it do not reach this one there; give the host another address, or the network another subnet',
      },
    ]);
    const { body: events } = await under.replica.get('/v1/events?kind=host').expect(200);
    expect(events.items).toContainEqual(
      expect.objectContaining({
        reason: 'UnderlayInSubnet',
        message: 'of the underlay of host late, 10.7.0.9 lies in 10.7.0.0/24 of network wide',
      }),
    );
    await under.replica.post('/v1/sandboxes', { metadata: { name: 'a' }, spec: { host: 'late' } }).expect(201);
    const { body: refused } = await under.replica.post('/v1/endpoints', { spec: { network: 'wide', sandbox: 'a' } }).expect(409);
    expect(refused.detail).toBe('10.7.0.0/24 of network wide overlaps the route 10.7.0.9/32 of host late');
    // Tenants are told of hosts what they need to place something.
    const { body: made } = await under.replica.post('/v1/tenants/default/tokens', { spec: { role: 'owner' } }).expect(201);
    const seen = await under.replica.get('/v1/hosts/late').set('Authorization', `Bearer ${made.status.token}`).expect(200);
    expect(seen.body.status.conditions).toMatchObject([{ type: 'Ready' }]);
    await late.register({ underlay: [{ address: '198.51.100.9', mtuBytes: 1500 }] });
    expect(await conditionsOf('late')).toMatchObject([{ type: 'Ready' }]);
  });

  it('is nothing to networks in routers', async () => {
    await under.addHost('beside', able('10.8.0.9'));
    expect(await conditionsOf('beside')).toMatchObject([{ type: 'Ready' }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hush, TwoTenants } from './two-tenants';

interface Range {
  subnet: string;
  first: string;
  last: string;
  count: number;
  state: string;
  holder: { kind: string; name: string; sandbox: string | null } | null;
}

let world: TwoTenants;
beforeAll(async () => {
  world = await TwoTenants.start();
});
afterAll(() => world.close());

const inWords = ({ first, last, state, holder }: Range): string =>
  `${state} ${first}${last === first ? '' : `-${last}`}${holder ? ` ${holder.kind} ${holder.name}` : ''}`;

async function addresses(network: string, query = ''): Promise<{ items: Range[]; nextCursor: string | null }> {
  return (await world.as('viewer', 'get', `/v1/networks/${network}/addresses${query}`).expect(200)).body;
}

describe('the addresses of a network', () => {
  it('are all told of, once, with who has them', async () => {
    const spec = { driver: 'bridge', subnets: [{ cidr: '192.0.2.0/24', ipRange: '192.0.2.0/25', reserved: ['192.0.2.10'] }] };
    await world.create('ours', 'networks', { metadata: { name: 'map' }, spec });
    const own = { network: 'map', sandbox: 'sandbox-ours', addresses: ['192.0.2.20'] };
    await world.create('ours', 'endpoints', { metadata: { name: 'web' }, spec: own });
    const { items, nextCursor } = await addresses('map');
    expect(nextCursor).toBeNull();
    expect(items.map(inWords)).toEqual([
      'unusable 192.0.2.0',
      'gateway 192.0.2.1',
      'free 192.0.2.2-192.0.2.9',
      'reserved 192.0.2.10',
      'free 192.0.2.11-192.0.2.19',
      'taken 192.0.2.20 endpoint web',
      'free 192.0.2.21-192.0.2.127',
      'reserved 192.0.2.128-192.0.2.254',
      'unusable 192.0.2.255',
    ]);
    expect(items.find(({ state }) => state === 'taken')?.holder).toMatchObject({ sandbox: 'sandbox-ours' });
  });

  it('come in pages without a gap and without a double, over all subnets, and only a part where one is asked for', async () => {
    const subnets = [{ cidr: '172.20.0.0/16' }, { cidr: '2001:db8:7::/64' }];
    await world.create('ours', 'networks', { metadata: { name: 'large' }, spec: { driver: 'bridge', subnets } });
    for (const address of ['172.20.7.9', '172.20.200.1']) {
      const spec = { network: 'large', addresses: [address] };
      await world.create('ours', 'endpoints', { metadata: { name: `at-${address.replaceAll('.', '-')}` }, spec });
    }
    const all: Range[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await addresses('large', `?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    const sizes = new Map<string, number>();
    for (const { subnet, count } of all) sizes.set(subnet, (sizes.get(subnet) ?? 0) + count);
    expect(sizes.get('172.20.0.0/16')).toBe(65_536);
    expect(sizes.get('2001:db8:7::/64')).toBe(2 ** 64);
    expect(new Set(all.map(({ first }) => first)).size).toBe(all.length);
    expect((await addresses('large', '?within=172.20.7.0/24')).items.map(inWords)).toEqual([
      'free 172.20.7.0-172.20.7.8',
      'taken 172.20.7.9 endpoint at-172-20-7-9',
      'free 172.20.7.10-172.20.7.255',
    ]);
  });

  it.each([
    ['within=192.0.2.0/24', '/v1/networks/network-ours/addresses', '192.0.2.0/24 is in no subnet of network network-ours (10.0.0.0/24)'],
    ['within=here', '/v1/networks/network-ours/addresses', '"here" is no prefix'],
    ['cursor=192.0.2.1', '/v1/networks/network-ours/addresses', 'the cursor is none that a list gave'],
  ])('refuse ?%s', async (query, path, detail) => {
    const { body } = await world.as('viewer', 'get', `${path}?${query}`).expect(400);
    expect(body.errors).toEqual([{ pointer: `?${query.split('=')[0]}`, detail }]);
  });

  it('of a shared network name nobody of another tenant', async () => {
    const name = `lodger-${hush}`;
    await world.create('theirs', 'endpoints', { metadata: { name }, spec: { network: 'lent' } });
    const { items } = await addresses(world.shared);
    expect(items.filter(({ state }) => state === 'taken')).toMatchObject([{ count: 1, holder: null }]);
  });
});

describe('the changes of objects', () => {
  it('say who made, changed and deleted one, with what it was before, by any of its names', async () => {
    const made = await world.as('editor', 'post', '/v1/networks', { metadata: { name: 'brief' }, spec: { driver: 'bridge' } }).expect(201);
    const { id } = made.body.metadata as { id: string };
    await world.as('owner', 'patch', `/v1/networks/${id}`, { metadata: { labels: { tier: 'lab' } } }).expect(200);
    await world.as('editor', 'delete', '/v1/networks/brief').expect(204);
    const { body } = await world.as('viewer', 'get', `/v1/changes?id=${id}`).expect(200);
    expect(body.items).toMatchObject([
      { verb: 'delete', actor: { name: 'as-editor' }, objectId: id, before: { metadata: { name: 'brief' } }, after: null },
      {
        verb: 'update',
        actor: { name: 'as-owner' },
        before: { metadata: { labels: {} } },
        after: { metadata: { labels: { tier: 'lab' } } },
      },
      { verb: 'create', kind: 'network', before: null, after: { spec: { driver: 'bridge' } } },
    ]);
    expect(body.items[0].source).toBeUndefined();
  });

  it('have what was made among others, and page', async () => {
    const items = ['one', 'two'].map((name) => ({ metadata: { name }, spec: { driver: 'bridge' } }));
    const { body } = await world.as('editor', 'post', '/v1/networks/bulk', { items }).expect(201);
    const { id } = body.items[1].metadata as { id: string };
    await world.as('editor', 'patch', `/v1/networks/${id}`, { metadata: { labels: { a: 'b' } } }).expect(200);
    const first = (await world.as('viewer', 'get', `/v1/changes?id=${id}&limit=1`).expect(200)).body;
    expect(first.items).toMatchObject([{ verb: 'update' }]);
    const second = (await world.as('viewer', 'get', `/v1/changes?id=${id}&limit=1&cursor=${first.nextCursor}`).expect(200)).body;
    expect(second).toMatchObject({ nextCursor: null, items: [{ verb: 'create', objectId: null, path: '/v1/networks/bulk' }] });
  });

  it('are a tenant’s own, even to those who see all', async () => {
    for (const caller of ['viewer', 'admin'] as const) {
      const { body } = await world.as(caller, 'get', '/v1/changes?limit=500').expect(200);
      expect(JSON.stringify(body)).not.toContain(hush);
      expect(body.items.length).toBeGreaterThan(5);
    }
    expect((await world.as('viewer', 'get', `/v1/changes?id=${world.theirs.network}`).expect(200)).body.items).toEqual([]);
  });
});

describe('events', () => {
  it('are found by kind, name, type, reason and time', async () => {
    const [host] = world.under.workers;
    const { sandbox } = world.ours;
    const network = (await world.as('viewer', 'get', '/v1/networks/map').expect(200)).body.metadata.id as string;
    const event = (kind: 'network' | 'sandbox', id: string, type: 'Normal' | 'Warning', reason: string) => ({
      kind,
      id,
      type,
      reason,
      message: reason,
    });
    await host?.report({
      events: [
        event('network', network, 'Warning', 'DriftRepaired'),
        event('sandbox', sandbox, 'Warning', 'RealisationFailed'),
        event('sandbox', sandbox, 'Normal', 'Adopted'),
      ],
    });
    const found = async (query: string): Promise<string[]> =>
      (await world.as('viewer', 'get', `/v1/events?${query}`).expect(200)).body.items
        .map(({ reason }: { reason: string }) => reason)
        .sort();
    expect(await found('type=Warning')).toEqual(['DriftRepaired', 'RealisationFailed']);
    expect(await found('kind=sandbox&type=Warning')).toEqual(['RealisationFailed']);
    expect(await found('kind=sandbox&kind=network&reason=DriftRepaired&reason=Adopted')).toEqual(['Adopted', 'DriftRepaired']);
    expect(await found('name=map&reason=DriftRepaired')).toEqual(['DriftRepaired']);
    expect(await found('reason=DriftRepaired&until=2026-01-01T00:00:00Z')).toEqual([]);
    expect(await found('reason=DriftRepaired&since=2026-01-01T00:00:00Z')).toEqual(['DriftRepaired']);
    expect(await found('host=host-ours&kind=network&kind=sandbox')).toEqual(['Adopted', 'DriftRepaired', 'RealisationFailed']);
    expect(await found(`host=${world.theirs.host}`)).toEqual([]);
    await world.as('viewer', 'get', '/v1/events?type=Bad').expect(400);
  });
});

import supertest, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hush, type Method, TwoTenants } from './two-tenants';

let world: TwoTenants;
beforeAll(async () => {
  world = await TwoTenants.start();
});
afterAll(() => world.close());

const asOwner = (method: Method, path: string, body?: object): Test => world.as('owner', method, path, body);
const asThem = (method: Method, path: string, body?: object): Test => world.admin(method, path, body, 'theirs');

/** A request with a token of our tenant that is made for it. */
async function withToken(spec: object, method: Method, path: string, body?: object): Promise<Test> {
  const { body: made } = await asOwner('post', '/v1/tenants/ours/tokens', { spec }).expect(201);
  const request = supertest(world.api.url)[method](path).set('Authorization', `Bearer ${made.status.token}`);
  return body === undefined ? request : request.send(body);
}

describe('what a body refers to', () => {
  it.each([
    ['an endpoint on their network', 'endpoints', () => ({ spec: { network: world.theirs.network } }), '/spec/network'],
    [
      'an endpoint in their sandbox',
      'endpoints',
      () => ({ spec: { network: world.ours.network, sandbox: world.theirs.sandbox } }),
      '/spec/sandbox',
    ],
    [
      'an endpoint in their sandbox, by its name',
      'endpoints',
      () => ({ spec: { network: world.ours.network, sandbox: `sandbox-${hush}` } }),
      '/spec/sandbox',
    ],
    ['a policy of their network', 'policies', () => ({ spec: { network: world.theirs.network } }), '/spec/network'],
    ['a policy of a network that is lent', 'policies', () => ({ spec: { network: world.shared } }), '/spec/network'],
    [
      'a policy about their network',
      'policies',
      () => ({ spec: { network: world.ours.network, rules: [{ action: 'deny', from: { network: world.theirs.network } }] } }),
      '/spec/rules/0/from/network',
    ],
    ['a preview about their network', 'policies/preview', () => ({ spec: { network: world.theirs.network } }), '/spec/network'],
    [
      'a probe in their sandbox',
      'probes',
      () => ({ spec: { sandbox: world.theirs.sandbox, kind: 'ping', target: '10.0.0.1' } }),
      '/spec/sandbox',
    ],
    ['a sandbox on their host', 'sandboxes', () => ({ spec: { host: world.theirs.host } }), '/spec/host'],
    ['a network on their host', 'networks', () => ({ spec: { driver: 'bridge', host: `host-${hush}` } }), '/spec/host'],
  ])('is not there when it is others’: %s', async (_, collection, body, pointer) => {
    const answer = await asOwner('post', `/v1/${collection}`, body()).expect(422);
    expect(answer.body).toMatchObject({ type: '/problems/unknown-reference', errors: [{ pointer }] });
  });

  it.each(['networks', 'sandboxes', 'endpoints', 'policies'] as const)(
    'is not there when %s of others are to be deleted in bulk',
    async (kind) => {
      const id = {
        networks: world.theirs.network,
        sandboxes: world.theirs.sandbox,
        endpoints: world.theirs.endpoint,
        policies: world.theirs.policy,
      }[kind];
      const answer = await asOwner('post', `/v1/${kind}/bulk-delete`, { refs: [id] }).expect(422);
      expect(answer.body.detail).toBe(
        `there is no ${kind === 'policies' ? 'policy' : kind.replace(/(e?)s$/, kind === 'sandboxes' ? '' : '$1')} ${id}`,
      );
    },
  );

  it('does not join what is others’', async () => {
    await asOwner('post', `/v1/endpoints/${world.ours.endpoint}/join`, { sandbox: world.theirs.sandbox }).expect(422);
  });

  it('finds nothing of others by filters', async () => {
    for (const query of [`network=${world.theirs.network}`, `sandbox=${world.theirs.sandbox}`, `host=${world.theirs.host}`]) {
      const { body } = await asOwner('get', `/v1/endpoints?${query}`).expect(200);
      expect(body.items).toEqual([]);
    }
  });
});

describe('what collides', () => {
  it('names nobody else’s port, network or MAC address', async () => {
    for (const who of [asOwner, asThem]) {
      const network = await who('post', '/v1/networks', { metadata: { name: 'taken' }, spec: { driver: 'overlay', options: { vni: 77 } } });
      if (who === asOwner) expect(network.status).toBe(201);
      else expect(network.body).toMatchObject({ type: '/problems/vni-in-use', detail: 'VNI 77 is that of another network' });
    }
    const onOurs = await world.create('ours', 'sandboxes', { spec: { host: 'host-ours' } });
    await world.admin('patch', `/v1/hosts/host-ours`, { spec: { tenants: [] } }).expect(200);
    const onTheirs = await world.create('theirs', 'sandboxes', { spec: { host: 'host-ours' } });
    const publish = async (who: typeof asOwner, network: string, sandbox: string): Promise<Test> => {
      const { body } = await who('post', '/v1/endpoints', { spec: { network, sandbox } }).expect(201);
      return who('post', `/v1/endpoints/${body.metadata.id}/ports`, { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0' });
    };
    const first = await publish(asThem, world.theirs.network, onTheirs.id);
    expect(first.status).toBe(201);
    const second = await publish(asOwner, world.ours.network, onOurs.id);
    expect(second.body).toMatchObject({ type: '/problems/port-in-use', detail: 'tcp 0.0.0.0:8080 of host host-ours is published already' });
    const macAddress = '02:00:00:00:00:77';
    await asThem('post', '/v1/endpoints', { spec: { network: world.shared, macAddress } }).expect(201);
    const third = await asOwner('post', '/v1/endpoints', { spec: { network: world.shared, macAddress } }).expect(409);
    expect(third.body.detail).toBe(`${macAddress} is the MAC address of another endpoint on network lent`);
  });

  it('chooses automatic ports beside those of others', async () => {
    const publish = async (who: typeof asOwner, network: string): Promise<number> => {
      const { body: sandbox } = await who('post', '/v1/sandboxes', { spec: { host: 'host-ours' } }).expect(201);
      const { body } = await who('post', '/v1/endpoints', { spec: { network, sandbox: sandbox.metadata.id } }).expect(201);
      const port = await who('post', `/v1/endpoints/${body.metadata.id}/ports`, { protocol: 'tcp', port: 80 }).expect(201);
      return port.body.status.hostPort as number;
    };
    const ports = await Promise.all([publish(asOwner, world.ours.network), publish(asThem, world.theirs.network)]);
    expect(new Set(ports).size).toBe(2);
  });
});

describe('a network that is shared', () => {
  it('is seen and used by its id, and counts what is one’s own', async () => {
    const { body: network } = await asOwner('get', `/v1/networks/${world.shared}`).expect(200);
    expect(network).toMatchObject({ metadata: { name: 'lent' }, status: { owner: 'theirs', endpointCount: 0 } });
    await asOwner('get', '/v1/networks/lent').expect(404);
    const { body: endpoint } = await asOwner('post', '/v1/endpoints', {
      metadata: { name: 'guest' },
      spec: { network: world.shared, sandbox: 'sandbox-ours' },
    })
      .set('Prefer', 'wait=60')
      .expect(201);
    expect(endpoint).toMatchObject({ spec: { network: world.shared }, status: { interfaceName: 'eth0' } });
    expect(endpoint.status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
    expect((await asOwner('get', `/v1/networks/${world.shared}`).expect(200)).body.status.endpointCount).toBe(1);
    const { body: list } = await asOwner('get', '/v1/networks').expect(200);
    expect((list.items as { metadata: { id: string } }[]).map(({ metadata }) => metadata.id)).toContain(world.shared);
    expect((await asOwner('get', `/v1/endpoints?network=${world.shared}`).expect(200)).body.items).toHaveLength(1);
  });

  it('shows its own tenant no endpoint of others, but for how many there are', async () => {
    await asThem('get', '/v1/endpoints/guest').expect(404);
    const refused = await asThem('delete', `/v1/networks/${world.shared}`).expect(409);
    expect(refused.body.detail).toMatch(/of other tenants/);
    expect(refused.body.detail).not.toContain('guest');
    const unshared = await asThem('delete', `/v1/networks/${world.shared}/shares/ours`).expect(409);
    expect(unshared.body).toMatchObject({ type: '/problems/in-use' });
  });

  it('brings the policies of its own tenant along', async () => {
    const { body } = await asThem('post', '/v1/policies', { metadata: { name: 'house-rules' }, spec: { network: world.shared } }).expect(
      201,
    );
    const worker = world.under.workers[0];
    await worker?.until(() => worker.objects.has(body.metadata.id as string));
  });

  it('is shared no more once nothing of the other tenant is on it', async () => {
    await asOwner('delete', '/v1/endpoints/guest').set('Prefer', 'wait=60').expect(204);
    for (const { metadata } of (await asOwner('get', `/v1/endpoints?network=${world.shared}`).expect(200)).body.items as {
      metadata: { id: string };
    }[])
      await asOwner('delete', `/v1/endpoints/${metadata.id}`).set('Prefer', 'wait=60').expect(204);
    await asThem('delete', `/v1/networks/${world.shared}/shares/ours`).expect(204);
    await asOwner('get', `/v1/networks/${world.shared}`).expect(404);
    await asThem('put', `/v1/networks/${world.shared}/shares/ours`).expect(200);
    await asOwner('get', `/v1/networks/${world.shared}`).expect(200);
  });

  it('is listed for both tenants with all that they share, and for others not', async () => {
    const shares = async (as: typeof asOwner | typeof asThem): Promise<string[]> =>
      (
        (await as('get', '/v1/shares').expect(200)).body.items as { metadata: { name: string }; network: { name: string; owner: string } }[]
      ).map(({ metadata, network }) => `${network.name} of ${network.owner} with ${metadata.name}`);
    await asOwner('put', `/v1/networks/${world.ours.network}/shares/default`).expect(200);
    await asThem('put', `/v1/networks/${world.shared}/shares/default`).expect(200);
    // Whom else they share it with is not ours to know.
    expect(await shares(asOwner)).toEqual(['lent of theirs with ours', 'network-ours of ours with default']);
    expect(await shares(asThem)).toEqual(['lent of theirs with default', 'lent of theirs with ours']);
    await asOwner('delete', `/v1/networks/${world.ours.network}/shares/default`).expect(204);
    await asThem('delete', `/v1/networks/${world.shared}/shares/default`).expect(204);
  });

  it('is none that a tenant can share on, or with itself, or that is a default network', async () => {
    await asOwner('put', `/v1/networks/${world.shared}/shares/default`).expect(403);
    await asOwner('put', `/v1/networks/${world.ours.network}/shares/ours`).expect(422);
    await asOwner('put', `/v1/networks/${world.ours.network}/shares/nobody`).expect(404);
    await world.admin('put', '/v1/networks/default-host-ours/shares/ours', undefined, 'default').expect(422);
  });
});

describe('a watch', () => {
  it('tells of what is shared as it comes and goes, and of nothing else of others', async () => {
    const abort = new AbortController();
    const response = await fetch(`${world.api.url}/v1/watch`, {
      headers: { authorization: `Bearer ${world.tokens.get('viewer')}` },
      signal: abort.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
    })().catch(() => undefined);
    const seen = async (part: RegExp): Promise<void> => {
      while (!part.test(text)) await new Promise((resume) => setTimeout(resume, 10));
    };
    await seen(/in-sync/);
    const { body: network } = await asThem('post', '/v1/networks', { metadata: { name: 'loan' }, spec: { driver: 'bridge' } }).expect(201);
    const id = network.metadata.id as string;
    await asThem('put', `/v1/networks/${id}/shares/ours`).expect(200);
    await seen(new RegExp(`event: upsert\\nid: \\S+\\ndata: .*${id}`));
    await asThem('post', '/v1/endpoints', { metadata: { name: `late-${hush}` }, spec: { network: id } }).expect(201);
    await asThem('delete', `/v1/networks/${id}/shares/ours`).expect(204);
    await seen(new RegExp(`event: delete\\nid: \\S+\\ndata: .*${id}`));
    await world.admin('patch', '/v1/hosts/host-ours', { spec: { tenants: ['theirs'] } }).expect(200);
    await seen(new RegExp(`event: delete\\nid: \\S+\\ndata: .*${world.ours.host}`));
    await world.admin('patch', '/v1/hosts/host-ours', { spec: { tenants: [] } }).expect(200);
    abort.abort();
    await reading;
    expect(text).not.toContain(hush);
  });
});

describe('a token', () => {
  it('is shown once, begins with ny_, and is kept as nothing that it could be made from', async () => {
    const made = await asOwner('post', '/v1/tenants/ours/tokens', { metadata: { name: 'ci' }, spec: { role: 'editor' } }).expect(201);
    const token = made.body.status.token as string;
    expect(token).toMatch(/^ny_[\w-]{43}$/);
    const { text } = await asOwner('get', '/v1/tenants/ours/tokens/ci').expect(200);
    expect(text).not.toContain(token);
    expect((await asOwner('get', '/v1/tenants/ours/tokens').expect(200)).text).not.toContain('ny_');
    const keyed = await asOwner('post', '/v1/tenants/ours/tokens', { spec: { role: 'editor' } })
      .set('Idempotency-Key', 'k1')
      .expect(400);
    expect(keyed.body.detail).toMatch(/Idempotency-Key/);
    await asOwner('post', '/v1/tenants/ours/tokens', { metadata: { name: 'ci' }, spec: { role: 'viewer' } }).expect(409);
  });

  it('says when and from where it was last used', async () => {
    const made = await asOwner('post', '/v1/tenants/ours/tokens', { metadata: { name: 'used' }, spec: { role: 'viewer' } }).expect(201);
    expect(made.body.status).toMatchObject({ lastUsedAt: null, lastUsedFrom: null });
    await supertest(world.api.url).get('/v1/networks').set('Authorization', `Bearer ${made.body.status.token}`).expect(200);
    const used = async () =>
      (await asOwner('get', '/v1/tenants/ours/tokens/used').expect(200)).body.status as { lastUsedFrom: string | null };
    while ((await used()).lastUsedFrom === null) await new Promise((resume) => setTimeout(resume, 10));
    expect((await used()).lastUsedFrom).toMatch(/127\.0\.0\.1$/);
  });

  it('is good for nothing once it is revoked', async () => {
    const made = await asOwner('post', '/v1/tenants/ours/tokens', { metadata: { name: 'gone' }, spec: { role: 'viewer' } }).expect(201);
    const ask = (): Test => supertest(world.api.url).get('/v1/networks').set('Authorization', `Bearer ${made.body.status.token}`);
    await ask().expect(200);
    await asOwner('delete', '/v1/tenants/ours/tokens/gone').expect(204);
    await ask().expect(401);
  });

  it('ends when it says so', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const made = await asOwner('post', '/v1/tenants/ours/tokens', { spec: { role: 'viewer', expiresAt } }).expect(201);
    const ask = (): Test => supertest(world.api.url).get('/v1/networks').set('Authorization', `Bearer ${made.body.status.token}`);
    await ask().expect(200);
    await world.under.database.execute(
      `UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = '${made.body.metadata.id}'`,
    );
    await expect.poll(async () => (await ask()).status).toBe(401);
    const answer = await ask();
    expect(answer.body).toMatchObject({ type: '/problems/unauthenticated', detail: expect.stringContaining('has expired') as string });
  });

  it.each([
    {
      name: 'is held to its scopes',
      spec: { role: 'owner', scopes: [{ resources: ['endpoint'], verbs: ['read'] }] },
      path: '/v1/networks',
      want: 403,
    },
    {
      name: 'may do what its scopes cover',
      spec: { role: 'owner', scopes: [{ resources: ['endpoint'], verbs: ['read'] }] },
      path: '/v1/endpoints',
      want: 200,
    },
    {
      name: 'may do no more than its role, whatever its scopes',
      spec: { role: 'viewer', scopes: [{ resources: ['user'], verbs: ['read'] }] },
      path: '/v1/users',
      want: 403,
    },
    {
      name: 'is good from where it may be used',
      spec: { role: 'viewer', allowedSources: ['127.0.0.0/8'] },
      path: '/v1/networks',
      want: 200,
    },
    { name: 'is good from nowhere else', spec: { role: 'viewer', allowedSources: ['192.0.2.0/24'] }, path: '/v1/networks', want: 401 },
  ])('$name', async ({ spec, path, want }) => {
    expect((await withToken(spec, 'get', path)).status).toBe(want);
  });

  it.each([
    { name: 'scoped', spec: { role: 'owner', scopes: [{ resources: ['token'], verbs: ['create'] }] } },
    { name: 'bound', spec: { role: 'owner', allowedSources: ['127.0.0.0/8'] } },
    { name: 'for reading', spec: { role: 'owner', readOnly: true } },
  ])('that is limited makes none that is not: one that is $name', async ({ spec }) => {
    expect((await withToken(spec, 'post', '/v1/tenants/ours/tokens', { spec: { role: 'owner' } })).status).toBe(403);
  });

  it('makes none that outlives it', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const later = new Date(Date.now() + 700_000).toISOString();
    expect((await withToken({ role: 'owner', expiresAt }, 'post', '/v1/tenants/ours/tokens', { spec: { role: 'viewer' } })).status).toBe(
      422,
    );
    expect(
      (await withToken({ role: 'owner', expiresAt }, 'post', '/v1/tenants/ours/tokens', { spec: { role: 'viewer', expiresAt: later } }))
        .status,
    ).toBe(422);
    expect(
      (await withToken({ role: 'owner', expiresAt }, 'post', '/v1/tenants/ours/tokens', { spec: { role: 'viewer', expiresAt } })).status,
    ).toBe(201);
  });

  it.each([
    ['a role of the deployment', { role: 'admin' }, '/spec/role'],
    ['a scope of nothing', { role: 'editor', scopes: [] }, '/spec/scopes'],
    ['an unknown resource', { role: 'editor', scopes: [{ resources: ['moon'], verbs: ['read'] }] }, '/spec/scopes/0/resources'],
    ['a source that is none', { role: 'editor', allowedSources: ['10.0.0.1/8'] }, '/spec/allowedSources/0'],
    ['an end that is past', { role: 'editor', expiresAt: '2020-01-01T00:00:00Z' }, '/spec/expiresAt'],
    ['an end that is no time', { role: 'editor', expiresAt: 'soon' }, '/spec/expiresAt'],
  ])('is refused with %s', async (_, spec, pointer) => {
    const { body } = await asOwner('post', '/v1/tenants/ours/tokens', { spec });
    expect(body.status).toBeGreaterThanOrEqual(400);
    expect((body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
  });
});

describe('a tenant', () => {
  it('has an address space and names of its own', async () => {
    for (const who of [asOwner, asThem])
      await who('post', '/v1/networks', {
        metadata: { name: 'same' },
        spec: { driver: 'bridge', subnets: [{ cidr: '10.9.0.0/24' }] },
      }).expect(201);
  });

  it('is created by its name, once, and says what is granted to it', async () => {
    const { body } = await world.admin('post', '/v1/tenants', { metadata: { name: 'class-a', labels: { term: 'autumn' } } }).expect(201);
    expect(body).toMatchObject({
      metadata: { name: 'class-a' },
      spec: { grants: { drivers: ['bridge', 'overlay', 'none'], namespaces: ['managed'], parents: [] } },
    });
    await world.admin('post', '/v1/tenants', { metadata: { name: 'class-a' } }).expect(409);
    const listed = await world.admin('get', '/v1/tenants?labelSelector=term%3Dautumn').expect(200);
    expect(listed.body.items).toHaveLength(1);
    expect((await asOwner('get', '/v1/tenants').expect(200)).body.items).toHaveLength(1);
  });

  it.each([
    ['a network on the wire', 'networks', { spec: { driver: 'macvlan', options: { parent: 'eth0' } } }],
    ['a network of the host’s stack', 'networks', { spec: { driver: 'host' } }],
    ['a port for tunnels that is everybody’s', 'networks', { spec: { driver: 'overlay', options: { port: 53 } } }],
    ['a namespace of somebody’s process', 'sandboxes', { spec: { host: 'host-ours', namespace: { type: 'adopted', pid: 1 } } }],
    ['the host’s own stack', 'sandboxes', { spec: { host: 'host-ours', namespace: { type: 'host' } } }],
  ])('does not get %s unless that is granted', async (_, collection, body) => {
    const refused = await asOwner('post', `/v1/${collection}`, body).expect(403);
    expect(refused.body).toMatchObject({
      type: '/problems/not-granted',
      detail: expect.stringContaining('have not been granted to tenant ours') as string,
    });
  });

  it('gets what is granted', async () => {
    await world.admin('patch', '/v1/tenants/ours', { spec: { grants: { drivers: ['bridge', 'host'] } } }).expect(200);
    const { body } = await asOwner('post', '/v1/networks', { metadata: { name: 'stack' }, spec: { driver: 'host' } }).expect(201);
    await world.admin('patch', '/v1/tenants/ours', { spec: { grants: { drivers: ['bridge', 'overlay', 'none'] } } }).expect(200);
    // What there is stays.
    await asOwner('get', `/v1/networks/${body.metadata.id}`).expect(200);
    await asOwner('delete', `/v1/networks/${body.metadata.id}`).expect(204);
  });

  it('stays while there is something in it, and says what', async () => {
    const refused = await world.admin('delete', '/v1/tenants/ours').expect(409);
    expect(refused.body.detail).toMatch(/tenant ours has network .*network-ours.*; sandbox .*sandbox-ours.*: delete them first/);
    expect((await world.admin('delete', '/v1/tenants/default').expect(409)).body.detail).toMatch(/default tenant stays/);
  });

  it('goes with its tokens and memberships when it is empty', async () => {
    await world.admin('post', '/v1/tenants', { metadata: { name: 'brief' } }).expect(201);
    const { body } = await world.admin('post', '/v1/tenants/brief/tokens', { spec: { role: 'owner' } }).expect(201);
    const ask = (): Test => supertest(world.api.url).get('/v1/networks').set('Authorization', `Bearer ${body.status.token}`);
    await ask().expect(200);
    await world.admin('put', '/v1/tenants/brief/members/ada', { spec: { role: 'owner' } }).expect(200);
    await world.admin('delete', '/v1/tenants/brief').expect(204);
    await ask().expect(401);
    await world.admin('get', '/v1/tenants/brief').expect(404);
    const { body: user } = await world.admin('get', '/v1/users/ada').expect(200);
    expect((user.status.memberships as { tenant: string }[]).map(({ tenant }) => tenant)).toEqual(['ours', 'theirs']);
  });

  it('is named by a header by those who may act in several', async () => {
    const { body } = await world.admin('get', `/v1/networks/network-${hush}`, undefined, 'theirs').expect(200);
    expect(body.metadata.id).toBe(world.theirs.network);
    await world.admin('get', `/v1/networks/network-${hush}`, undefined, world.theirs.tenant).expect(200);
    await world.admin('get', '/v1/networks', undefined, 'nobodys').expect(404);
    const stranger = await asOwner('get', '/v1/networks').set('Netyard-Tenant', 'theirs').expect(404);
    expect(stranger.body.detail).toBe('there is no tenant theirs');
  });
});

describe('a host', () => {
  it('is told to tenants by its name, drivers, features and readiness, and to admins in full', async () => {
    const { body } = await asOwner('get', '/v1/hosts/host-ours').expect(200);
    expect(body).toMatchObject({
      metadata: { name: 'host-ours' },
      spec: { tenants: [] },
      status: {
        kernelRelease: null,
        workerVersion: null,
        lastSeenAt: null,
        routes: [],
        links: [],
        underlay: [],
        conditions: [{ type: 'Ready' }],
      },
    });
    expect(body.status.drivers).not.toEqual([]);
    const full = await world.admin('get', '/v1/hosts/host-ours').expect(200);
    expect(full.body.status).toMatchObject({ kernelRelease: '6.1.0', workerVersion: '0.1.0' });
    expect((await world.admin('get', `/v1/hosts/host-${hush}`).expect(200)).body.spec.tenants).toEqual(['theirs']);
  });

  it('tells what happens to it to admins and auditors alone', async () => {
    const events = async (caller: 'owner' | 'auditor'): Promise<unknown[]> =>
      (await world.as(caller, 'get', '/v1/events?kind=host').expect(200)).body.items;
    expect(await events('owner')).toEqual([]);
    expect(await events('auditor')).not.toEqual([]);
  });

  it('is limited to tenants that there are', async () => {
    const { body } = await world.admin('patch', '/v1/hosts/host-ours', { spec: { tenants: ['ours', 'nobodys'] } }).expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/spec/tenants/1' }]);
  });
});

describe('a member', () => {
  it('is kept as the last owner, unless an admin says otherwise', async () => {
    const put = (role: string): Test => asOwner('put', '/v1/tenants/ours/members/ada', { spec: { role } });
    expect((await put('owner').expect(200)).body).toMatchObject({ metadata: { name: 'ada' }, spec: { role: 'owner' } });
    for (const refused of [await put('viewer'), await asOwner('delete', '/v1/tenants/ours/members/ada')])
      expect(refused.body).toMatchObject({ status: 409, detail: expect.stringContaining('the last owner') as string });
    await world.admin('put', '/v1/tenants/ours/members/ada', { spec: { role: 'viewer' } }).expect(200);
    await asOwner('put', '/v1/tenants/ours/members/nobody', { spec: { role: 'viewer' } }).expect(404);
    await asOwner('put', '/v1/tenants/ours/members/ada', { spec: { role: 'king' } }).expect(400);
  });
});

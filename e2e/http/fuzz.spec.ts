import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Client as DatabaseClient } from 'pg';
import { Client } from 'undici';
import { ApiUnderTest } from './api-under-test';
import { AnswerCheck, type Received } from './fuzz/answer-check';
import { requests, type FuzzedRequest } from './fuzz/arbitrary';
import { furnish, names } from './fuzz/belongings';
import { Callers, otherTenant, ownHost } from './fuzz/callers';
import { type Document, type Operation, operationsOf } from './fuzz/operation';

/** `NETYARD_FUZZ_REQUESTS` and `NETYARD_FUZZ_SEED` look elsewhere, or longer; what is found is told with what repeats it. */
const count = Number(process.env['NETYARD_FUZZ_REQUESTS'] ?? 20_000);
const seed = Number(process.env['NETYARD_FUZZ_SEED'] ?? 1_764_028_800);

const hosts = [ownHost, 'h2', 'h3'];
/** Words that mean something in this deployment, by the field that they go into or the part of a path. */
const known = {
  name: names,
  network: [...names, 'default-h1'],
  sandbox: names,
  endpoint: names,
  port: ['a', 'b'],
  tenant: [otherTenant, 'default'],
  with: [otherTenant, 'default'],
  tenants: [otherTenant, 'default'],
  policies: names,
  probes: names,
  refs: names,
  host: hosts,
  hosts,
  sandboxes: names,
  endpoints: names,
  networks: names,
  cidr: ['10.1.0.0/24', '10.2.0.0/16', '192.0.2.0/28', '2001:db8::/64', '10.1.0.0/16'],
  ipRange: ['10.1.0.128/25', '10.2.4.0/24'],
  gateway: ['10.1.0.1', '192.0.2.1', '2001:db8::1', '10.2.0.1'],
  reserved: ['10.1.0.9', '10.2.0.9'],
  addresses: ['10.1.0.5', '10.1.0.6', '10.2.0.5', '2001:db8::7'],
  macAddress: ['02:00:00:00:00:01', '02:00:00:00:00:02'],
  interfaceName: ['eth0', 'eth1', 'web0'],
  hostAddress: ['0.0.0.0', '127.0.0.1', '::', '192.0.2.10'],
  allowedSources: ['10.0.0.0/8', '192.0.2.7/32', '2001:db8::/32'],
  labelSelector: ['team=blue', 'team!=blue', '!team', 'team'],
  parent: ['eth0', 'eth1.50', 'eth9'],
  domain: ['lab.example', 'a.example'],
  servers: ['198.51.100.53', '2001:db8::53'],
  path: ['/run/netns/x', '/proc/1/ns/net'],
  target: ['10.1.0.5', 'a', 'b'],
};

/** Everything that people ask for. What only waits for its host to be clean is left out: that it goes is no answer's doing. */
const intent = `
  SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') AS intent FROM (
    SELECT format('network %s %s %s %s', id, name, generation, labels) FROM network WHERE deletion_requested_at IS NULL
    UNION ALL SELECT format('sandbox %s %s %s %s', id, name, generation, labels) FROM sandbox WHERE deletion_requested_at IS NULL
    UNION ALL SELECT format('endpoint %s %s %s %s', id, name, generation, labels) FROM endpoint WHERE deletion_requested_at IS NULL
    UNION ALL SELECT format('port %s %s %s', id, name, generation) FROM port p WHERE deletion_requested_at IS NULL AND EXISTS (SELECT FROM endpoint e WHERE e.id = p.endpoint_id AND e.deletion_requested_at IS NULL)
    UNION ALL SELECT format('policy %s %s %s', id, name, generation) FROM policy p WHERE deletion_requested_at IS NULL AND EXISTS (SELECT FROM network n WHERE n.id = p.network_id AND n.deletion_requested_at IS NULL)
    UNION ALL SELECT format('host %s %s %s %s', id, name, generation, is_drained) FROM host
    UNION ALL SELECT format('host of %s %s', host_id, tenant_id) FROM host_tenant
    UNION ALL SELECT format('enrolment %s %s', id, name) FROM host_enrolment
    UNION ALL SELECT format('session %s %s', id, user_id) FROM session
    UNION ALL SELECT format('tenant %s %s %s %s', id, name, generation, labels) FROM tenant
    UNION ALL SELECT format('user %s %s %s %s', id, name, generation, labels) FROM app_user
    UNION ALL SELECT format('member %s %s %s', tenant_id, user_id, role) FROM membership
    UNION ALL SELECT format('token %s %s', id, name) FROM api_token
    UNION ALL SELECT format('use %s %s', network_id, u.tenant_id) FROM network_use u JOIN network n ON n.id = u.network_id WHERE n.deletion_requested_at IS NULL
    UNION ALL SELECT format('probe %s', p.id) FROM probe p JOIN sandbox s ON s.id = p.sandbox_id WHERE s.deletion_requested_at IS NULL
    UNION ALL SELECT format('address %s %s %s', subnet_id, address, endpoint_id) FROM address a JOIN endpoint e ON e.id = a.endpoint_id WHERE e.deletion_requested_at IS NULL
  ) AS t (line)`;

/** Of some ids, those of objects that a tenant neither has nor may use. */
const foreign = `
  SELECT o.kind, o.name FROM (
    SELECT 'network' AS kind, id, name, tenant_id FROM network n WHERE NOT EXISTS (SELECT FROM network_use u JOIN tenant t ON t.id = u.tenant_id WHERE u.network_id = n.id AND t.name = $1)
    UNION ALL SELECT 'sandbox', id, name, tenant_id FROM sandbox UNION ALL SELECT 'endpoint', id, name, tenant_id FROM endpoint
    UNION ALL SELECT 'port', id, name, tenant_id FROM port UNION ALL SELECT 'policy', id, name, tenant_id FROM policy
    UNION ALL SELECT 'probe', id, name, tenant_id FROM probe UNION ALL SELECT 'token', id, name, tenant_id FROM api_token
  ) o JOIN tenant t ON t.id = o.tenant_id WHERE t.name <> $1 AND o.id = ANY ($2::uuid[])`;
const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

describe('whatever is asked', () => {
  let under: ApiUnderTest;
  let callers: Callers;
  let http: Client;
  let database: DatabaseClient;
  let heartbeat: NodeJS.Timeout;

  beforeAll(async () => {
    under = await ApiUnderTest.start({ hosts: [] });
    callers = await Callers.of(under.replica);
    await haveHosts();
    await callers.haveTenant();
    http = new Client(under.replica.url);
    database = new DatabaseClient({ connectionString: under.database.url });
    await database.connect();
    // These workers say once that they live, and would be taken for silent after half a minute.
    heartbeat = setInterval(() => void database.query('UPDATE host SET last_seen_at = now()'), 5_000);
  });
  afterAll(async () => {
    clearInterval(heartbeat);
    await http.close();
    await database.end();
    await under.close();
  });

  /** Some requests give hosts up, or register such as have no worker. */
  async function haveHosts(): Promise<void> {
    const { body } = await under.replica.get('/v1/hosts');
    const there = new Set((body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name));
    for (const host of there) if (!hosts.includes(host)) await under.replica.delete(`/v1/hosts/${host}?force=true`).expect(204);
    const missing = hosts.filter((name) => !there.has(name));
    for (const host of missing)
      await under.addHost(host, {
        // Nobody is home behind these hosts: whatever is asked of them, they say so at once.
        answerTo: () => null,
        features: ['vxlan', 'macvlan', 'ipvlan', 'vlan'],
        underlay: [{ address: `192.0.2.${hosts.indexOf(host) + 10}`, mtuBytes: 1500 }],
        links: [{ name: 'eth0', kind: null, up: true, mtuBytes: 1500, macAddress: '02:00:00:00:01:01', master: null }],
      });
    if (missing.includes(ownHost)) await callers.haveHostCredentials();
  }

  /** What others' the answer to a caller of one tenant names. */
  async function foreignIn(caller: string, { body }: Received): Promise<unknown[]> {
    const tenant = Callers.tenantOf(caller);
    const ids = tenant === null ? [] : [...new Set(body.match(uuids))];
    return ids.length === 0 ? [] : (await database.query(foreign, [tenant, ids])).rows;
  }

  async function ask({ operation, caller, path, headers, body }: FuzzedRequest): Promise<Received> {
    const authorization = callers.authorization(caller);
    const {
      statusCode,
      headers: received,
      body: stream,
    } = await http.request({
      method: operation.method as 'GET',
      path,
      headers: {
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')])),
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      body,
    });
    const [mediaType = ''] = String(received['content-type'] ?? '').split(';');
    if (mediaType === 'text/event-stream') {
      stream.destroy();
      return { status: statusCode, mediaType, body: '' };
    }
    return { status: statusCode, mediaType, body: await stream.text() };
  }

  const intentNow = async (): Promise<string> => (await database.query<{ intent: string }>(intent)).rows[0]?.intent ?? '';

  it(
    `is answered as the document says, never with a fault of the server, and changes nothing when it is refused (${count} requests)`,
    async () => {
      const document = (await under.replica.get('/openapi.json')).body as Document;
      const check = new AnswerCheck(document);
      const seen = new Map<number, number>();
      const done = new Map<string, number>();
      let before = '';
      let asked = 0;
      const askers = Callers.shares.map(({ caller, share }) => ({
        caller,
        share,
        may: (operation: Operation) => Callers.may(caller, operation),
      }));
      const property = fc.asyncProperty(requests(document, operationsOf(document), known, askers), async (request) => {
        if (asked++ % 300 === 0) {
          await furnish(under.replica, ['default', otherTenant], hosts);
          before = await intentNow();
        }
        const answer = await ask(request);
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        if (answer.status < 300) done.set(request.caller, (done.get(request.caller) ?? 0) + 1);
        const told = `${request.operation.method} ${request.path} as ${request.caller} ${JSON.stringify(request.headers)} ${request.body?.slice(0, 2_000)}\n→ ${answer.status} ${answer.body.slice(0, 2_000)}`;
        expect(answer.status, told).toBeLessThan(500);
        expect(check.faultOf(request.operation, answer), told).toBeNull();
        expect(await foreignIn(request.caller, answer), `it names what is another tenant’s:\n${told}`).toEqual([]);
        if (request.operation.method === 'GET') return;
        const after = await intentNow();
        if (answer.status >= 400) expect(after, `it was refused, and something is different:\n${told}`).toBe(before);
        before = after;
        if (answer.status >= 300) return;
        if (request.path.startsWith('/v1/hosts')) await haveHosts();
        if (/\/credential|\/enrolments/.test(request.path)) await callers.haveHostCredentials();
        if (request.path.startsWith('/v1/tenants')) await callers.haveTenant();
        if (/^\/v1\/(hosts|tenants)/.test(request.path)) before = await intentNow();
      });
      await fc.assert(property, { numRuns: count, seed, endOnFailure: true });
      // Were all refused, nothing would have been tried.
      for (const status of [200, 201, 204, 400, 401, 403, 404, 409, 422])
        expect(seen.get(status), `answers with ${status}`).toBeGreaterThan(20);
      for (const caller of Callers.withRoles) expect(done.get(caller), `what was done for ${caller}`).toBeGreaterThan(20);
    },
    15 * 60_000,
  );
});

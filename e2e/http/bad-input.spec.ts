import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, ApiUnderTest, type Replica, workerToken } from './api-under-test';
import supertest from 'supertest';

let under: ApiUnderTest;
let api: Replica;

beforeAll(async () => {
  under = await ApiUnderTest.start({ hosts: ['h1', 'h2'] });
  api = under.replica;
  await under.addHost('routed', { routes: ['198.51.100.0/24', '0.0.0.0/0'] });
  await api.post('/v1/networks', { metadata: { name: 'lab' }, spec: { driver: 'bridge', subnets: [{ cidr: '10.1.0.0/16' }] } }).expect(201);
  await api.post('/v1/networks', { metadata: { name: 'tiny' }, spec: { driver: 'bridge', subnets: [{ cidr: '192.0.2.0/30' }] } }).expect(201);
  await api.post('/v1/networks', { metadata: { name: 'alone' }, spec: { driver: 'none' } }).expect(201);
  await api.post('/v1/networks', { metadata: { name: 'stack' }, spec: { driver: 'host' } }).expect(201);
  await api.post('/v1/networks', { metadata: { name: 'pinned' }, spec: { driver: 'bridge', host: 'h2' } }).expect(201);
  for (const name of ['a', 'b', 'c', 'd']) await api.post('/v1/sandboxes', { metadata: { name }, spec: { host: 'h1' } }).expect(201);
  await api.post('/v1/sandboxes', { metadata: { name: 'root' }, spec: { host: 'h1', namespace: { type: 'host' } } }).expect(201);
  await api.post('/v1/endpoints', { metadata: { name: 'used' }, spec: { network: 'lab', sandbox: 'a', addresses: ['10.1.0.9'], macAddress: '02:00:00:00:00:09', interfaceName: 'lan' } }).expect(201);
  await api.post('/v1/endpoints', { metadata: { name: 'free' }, spec: { network: 'lab' } }).expect(201);
  await api.post('/v1/endpoints', { metadata: { name: 'last' }, spec: { network: 'tiny' } }).expect(201);
  await api.post('/v1/endpoints', { metadata: { name: 'lonely' }, spec: { network: 'alone', sandbox: 'c' } }).set('Prefer', 'wait=10').expect(201);
});
afterAll(() => under.close());

/** All that there is, to see that a refused request has changed nothing. */
async function everything(): Promise<unknown> {
  const lists = await Promise.all(['networks', 'sandboxes', 'endpoints', 'hosts'].map((kind) => api.get(`/v1/${kind}?limit=500`).expect(200)));
  return lists.map(({ body }) => (body as { items: { metadata: { id: string; resourceVersion: string } }[] }).items.map(({ metadata }) => `${metadata.id} ${metadata.resourceVersion}`));
}

interface Refusal {
  name: string;
  method?: 'post' | 'patch' | 'delete' | 'get' | 'put';
  path: string;
  body?: object | string;
  headers?: Record<string, string>;
  status: number;
  code: string;
  pointer?: string;
  detail: RegExp;
}

const network = (spec: object, metadata?: object): object => ({ ...(metadata ? { metadata } : {}), spec: { driver: 'bridge', ...spec } });
const subnet = (fields: object): object => network({ subnets: [fields] });
const endpoint = (spec: object, metadata?: object): object => ({ ...(metadata ? { metadata } : {}), spec: { network: 'lab', ...spec } });

const refusals: Refusal[] = [
  // Subnets
  { name: 'host bits set', path: '/v1/networks', body: subnet({ cidr: '10.2.0.1/24' }), status: 422, code: 'invalid-value', pointer: '/spec/subnets/0/cidr', detail: /host bits.*10\.2\.0\.0\/24/ },
  { name: 'overlap with another network', path: '/v1/networks', body: subnet({ cidr: '10.1.7.0/24' }), status: 409, code: 'subnet-overlap', pointer: '/spec/subnets/0/cidr', detail: /10\.1\.7\.0\/24 overlaps network lab \(10\.1\.0\.0\/16\)/ },
  { name: 'overlap within the request', path: '/v1/networks', body: network({ subnets: [{ cidr: '10.3.0.0/16' }, { cidr: '10.3.1.0/24' }] }), status: 409, code: 'subnet-overlap', pointer: '/spec/subnets/1/cidr', detail: /same network/ },
  { name: 'overlap with a route of the host', path: '/v1/networks', body: network({ subnets: [{ cidr: '198.51.100.128/25' }], host: 'routed' }), status: 409, code: 'subnet-overlap', pointer: '/spec/subnets/0/cidr', detail: /route 198\.51\.100\.0\/24 of host routed/ },
  { name: 'loopback', path: '/v1/networks', body: subnet({ cidr: '127.0.0.0/8' }), status: 422, code: 'invalid-value', pointer: '/spec/subnets/0/cidr', detail: /loopback/ },
  { name: 'a gateway outside', path: '/v1/networks', body: subnet({ cidr: '10.2.0.0/24', gateway: '10.3.0.1' }), status: 422, code: 'invalid-value', pointer: '/spec/subnets/0/gateway', detail: /not inside/ },
  { name: 'an ip range outside', path: '/v1/networks', body: subnet({ cidr: '10.2.0.0/24', ipRange: '10.3.0.0/25' }), status: 422, code: 'invalid-value', pointer: '/spec/subnets/0/ipRange', detail: /not inside/ },
  { name: 'a reserved address outside', path: '/v1/networks', body: subnet({ cidr: '10.2.0.0/24', reserved: ['10.3.0.9'] }), status: 422, code: 'invalid-value', pointer: '/spec/subnets/0/reserved/0', detail: /not inside/ },
  { name: 'subnets for a driver without', path: '/v1/networks', body: { spec: { driver: 'none', subnets: [{ cidr: '10.2.0.0/24' }] } }, status: 422, code: 'invalid-value', pointer: '/spec/subnets', detail: /driver none/ },
  // Networks
  { name: 'an unknown driver', path: '/v1/networks', body: { spec: { driver: 'token-ring' } }, status: 400, code: 'invalid-request', pointer: '/spec/driver', detail: /bridge/ },
  { name: 'an unknown driver option', path: '/v1/networks', body: network({ options: { colour: 'red' } }), status: 422, code: 'invalid-value', pointer: '/spec/options/colour', detail: /driver bridge has no option "colour".*mtuBytes/ },
  { name: 'an option of the wrong type', path: '/v1/networks', body: network({ options: { mtuBytes: 'big' } }), status: 422, code: 'invalid-value', pointer: '/spec/options/mtuBytes', detail: /integer/ },
  { name: 'an option out of range', path: '/v1/networks', body: network({ options: { mtuBytes: 12 } }), status: 422, code: 'invalid-value', pointer: '/spec/options/mtuBytes', detail: /68/ },
  { name: 'an MTU too small for IPv6', path: '/v1/networks', body: network({ ipv6: true, options: { mtuBytes: 1000 } }), status: 422, code: 'invalid-value', pointer: '/spec/options/mtuBytes', detail: /1280/ },
  { name: 'an unknown host', path: '/v1/networks', body: network({ host: 'nowhere' }), status: 422, code: 'unknown-reference', pointer: '/spec/host', detail: /no host nowhere/ },
  { name: 'a name in use', path: '/v1/networks', body: network({}, { name: 'lab' }), status: 409, code: 'name-taken', pointer: '/metadata/name', detail: /network lab/ },
  { name: 'a name that is no label', path: '/v1/networks', body: network({}, { name: 'Web_1' }), status: 400, code: 'invalid-request', pointer: '/metadata/name', detail: /DNS label/ },
  { name: 'a bad label', path: '/v1/networks', body: network({}, { labels: { 'a b': 'c' } }), status: 400, code: 'invalid-request', pointer: '/metadata/labels', detail: /label key "a b"/ },
  { name: 'an unknown field', path: '/v1/networks', body: network({ vlan: 7 }), status: 400, code: 'invalid-request', pointer: '/spec/vlan', detail: /no such field/ },
  { name: 'wrong types', path: '/v1/networks', body: { spec: { driver: 'bridge', subnets: 'all', internal: 'yes' } }, status: 400, code: 'invalid-request', pointer: '/spec/subnets', detail: /array/ },
  { name: 'no spec', path: '/v1/networks', body: {}, status: 400, code: 'invalid-request', pointer: '/spec', detail: /spec/ },
  { name: 'a list for a body', path: '/v1/networks', body: [], status: 400, code: 'invalid-request', pointer: '', detail: /object/ },
  { name: 'malformed JSON', path: '/v1/networks', body: '{"spec":', status: 400, code: 'invalid-request', detail: /JSON/ },
  { name: 'a body of 2 MB', path: '/v1/networks', body: JSON.stringify({ spec: { driver: 'bridge' }, pad: 'x'.repeat(2_000_000) }), status: 413, code: 'payload-too-large', detail: /1 MiB/ },
  { name: 'another media type', path: '/v1/networks', body: 'driver=bridge', headers: { 'content-type': 'application/x-www-form-urlencoded' }, status: 415, code: 'unsupported-media-type', detail: /application\/json/ },
  { name: 'deleting a default network', method: 'delete', path: '/v1/networks/default-h1', status: 409, code: 'in-use', detail: /default network/ },
  { name: 'deleting a network in use', method: 'delete', path: '/v1/networks/lab', status: 409, code: 'in-use', detail: /free, used/ },
  { name: 'changing what stays', method: 'patch', path: '/v1/networks/lab', body: { spec: { driver: 'none' } }, status: 422, code: 'invalid-value', pointer: '/spec/driver', detail: /driver/ },
  { name: 'renaming', method: 'patch', path: '/v1/networks/lab', body: { metadata: { name: 'other' } }, status: 422, code: 'invalid-value', pointer: '/metadata/name', detail: /name/ },
  { name: 'changing an unknown field', method: 'patch', path: '/v1/networks/lab', body: { spec: { vlan: 7 } }, status: 400, code: 'invalid-request', pointer: '/spec/vlan', detail: /no such field/ },
  { name: 'a stale If-Match', method: 'patch', path: '/v1/networks/lab', body: { metadata: { labels: { x: 'y' } } }, headers: { 'if-match': '"0"' }, status: 412, code: 'precondition-failed', detail: /has changed/ },
  { name: 'an If-Match that is no ETag', method: 'delete', path: '/v1/endpoints/free', headers: { 'if-match': 'yesterday' }, status: 400, code: 'invalid-request', detail: /If-Match/ },
  // Sandboxes
  { name: 'a sandbox on an unknown host', path: '/v1/sandboxes', body: { spec: { host: 'nowhere' } }, status: 422, code: 'unknown-reference', pointer: '/spec/host', detail: /nowhere/ },
  { name: 'a second sandbox of type host', path: '/v1/sandboxes', body: { spec: { host: 'h1', namespace: { type: 'host' } } }, status: 409, code: 'limit-reached', pointer: '/spec/namespace/type', detail: /host h1/ },
  { name: 'an adopted namespace without a name', path: '/v1/sandboxes', body: { spec: { host: 'h1', namespace: { type: 'adopted' } } }, status: 422, code: 'invalid-value', pointer: '/spec/namespace', detail: /path or pid/ },
  { name: 'a relative path', path: '/v1/sandboxes', body: { spec: { host: 'h1', namespace: { type: 'adopted', path: '/run/../etc' } } }, status: 422, code: 'invalid-value', pointer: '/spec/namespace/path', detail: /absolute/ },
  { name: 'a managed namespace with a pid', path: '/v1/sandboxes', body: { spec: { host: 'h1', namespace: { type: 'managed', pid: 1 } } }, status: 422, code: 'invalid-value', pointer: '/spec/namespace/pid', detail: /no pid/ },
  // Endpoints
  { name: 'an address outside the subnet', path: '/v1/endpoints', body: endpoint({ addresses: ['10.2.0.5'] }), status: 422, code: 'invalid-value', pointer: '/spec/addresses/0', detail: /no subnet of network lab/ },
  { name: 'an address in use', path: '/v1/endpoints', body: endpoint({ addresses: ['10.1.0.9'] }), status: 409, code: 'address-in-use', pointer: '/spec/addresses/0', detail: /10\.1\.0\.9 is the address of endpoint used/ },
  { name: 'the gateway’s address', path: '/v1/endpoints', body: endpoint({ addresses: ['10.1.0.1'] }), status: 422, code: 'invalid-value', pointer: '/spec/addresses/0', detail: /gateway/ },
  { name: 'the network address', path: '/v1/endpoints', body: endpoint({ addresses: ['10.1.0.0'] }), status: 422, code: 'invalid-value', pointer: '/spec/addresses/0', detail: /network address/ },
  { name: 'the broadcast address', path: '/v1/endpoints', body: endpoint({ addresses: ['10.1.255.255'] }), status: 422, code: 'invalid-value', pointer: '/spec/addresses/0', detail: /broadcast/ },
  { name: 'an octal address', path: '/v1/endpoints', body: endpoint({ addresses: ['10.1.0.010'] }), status: 422, code: 'invalid-value', pointer: '/spec/addresses/0', detail: /no IP address/ },
  { name: 'two addresses in one subnet', path: '/v1/endpoints', body: endpoint({ addresses: ['10.1.0.20', '10.1.0.21'] }), status: 422, code: 'invalid-value', pointer: '/spec/addresses/1', detail: /second address/ },
  { name: 'an exhausted subnet', path: '/v1/endpoints', body: endpoint({ network: 'tiny' }), status: 409, code: 'subnet-exhausted', pointer: '/spec/network', detail: /192\.0\.2\.0\/30 of network tiny/ },
  { name: 'a MAC address in use', path: '/v1/endpoints', body: endpoint({ macAddress: '02:00:00:00:00:09' }), status: 409, code: 'mac-in-use', pointer: '/spec/macAddress', detail: /endpoint used/ },
  { name: 'a multicast MAC address', path: '/v1/endpoints', body: endpoint({ macAddress: '01:00:5e:00:00:01' }), status: 422, code: 'invalid-value', pointer: '/spec/macAddress', detail: /unicast/ },
  { name: 'an interface name in use', path: '/v1/endpoints', body: endpoint({ sandbox: 'a', interfaceName: 'lan' }), status: 409, code: 'interface-name-taken', pointer: '/spec/interfaceName', detail: /endpoint used/ },
  { name: 'an interface named lo', path: '/v1/endpoints', body: endpoint({ sandbox: 'a', interfaceName: 'lo' }), status: 422, code: 'invalid-value', pointer: '/spec/interfaceName', detail: /loopback/ },
  { name: 'an interface name too long', path: '/v1/endpoints', body: endpoint({ sandbox: 'a', interfaceName: 'a'.repeat(16) }), status: 400, code: 'invalid-request', pointer: '/spec/interfaceName', detail: /15 bytes/ },
  { name: 'a network that is not there', path: '/v1/endpoints', body: endpoint({ network: 'nowhere' }), status: 422, code: 'unknown-reference', pointer: '/spec/network', detail: /nowhere/ },
  { name: 'a sandbox that is not there', path: '/v1/endpoints', body: endpoint({ sandbox: 'nobody' }), status: 422, code: 'unknown-reference', pointer: '/spec/sandbox', detail: /nobody/ },
  { name: 'neither network nor sandbox', path: '/v1/endpoints', body: { spec: {} }, status: 422, code: 'invalid-value', pointer: '/spec/network', detail: /must name its network/ },
  { name: 'a network confined to another host', path: '/v1/endpoints', body: endpoint({ network: 'pinned', sandbox: 'a' }), status: 422, code: 'invalid-value', pointer: '/spec/sandbox', detail: /confined to another host/ },
  { name: 'a bridge network for the host’s stack', path: '/v1/endpoints', body: endpoint({ sandbox: 'root' }), status: 422, code: 'invalid-value', pointer: '/spec/sandbox', detail: /driver host only/ },
  { name: 'a host network for another sandbox', path: '/v1/endpoints', body: endpoint({ network: 'stack', sandbox: 'b' }), status: 422, code: 'invalid-value', pointer: '/spec/sandbox', detail: /namespace type host/ },
  { name: 'an address on a host network', path: '/v1/endpoints', body: endpoint({ network: 'stack', sandbox: 'root', addresses: ['10.1.0.7'] }), status: 422, code: 'invalid-value', pointer: '/spec/addresses', detail: /no addresses/ },
  { name: 'something beside none', path: '/v1/endpoints', body: endpoint({ sandbox: 'c' }), status: 409, code: 'limit-reached', pointer: '/spec/sandbox', detail: /driver none/ },
  { name: 'none beside something', path: '/v1/endpoints', body: endpoint({ network: 'alone', sandbox: 'a' }), status: 409, code: 'limit-reached', pointer: '/spec/sandbox', detail: /endpoint used/ },
  { name: 'joining twice', path: '/v1/endpoints/used/join', body: { sandbox: 'b' }, status: 409, code: 'already-joined', detail: /sandbox a/ },
  { name: 'joining what is not there', path: '/v1/endpoints/free/join', body: { sandbox: 'nobody' }, status: 422, code: 'unknown-reference', pointer: '/sandbox', detail: /nobody/ },
  { name: 'leaving what was not joined', path: '/v1/endpoints/free/leave', status: 409, code: 'not-joined', detail: /no sandbox/ },
  { name: 'moving an endpoint by PATCH', method: 'patch', path: '/v1/endpoints/free', body: { spec: { sandbox: 'b' } }, status: 422, code: 'invalid-value', pointer: '/spec/sandbox', detail: /PATCH/ },
  { name: 'an unknown endpoint', method: 'delete', path: '/v1/endpoints/nobody', status: 404, code: 'not-found', detail: /no endpoint nobody/ },
  // Bulk
  { name: 'one bad item of many', path: '/v1/endpoints/bulk', body: { items: [endpoint({}), endpoint({ addresses: ['10.1.0.9'] })] }, status: 409, code: 'address-in-use', pointer: '/items/1/spec/addresses/0', detail: /used/ },
  { name: 'one name twice', path: '/v1/sandboxes/bulk', body: { items: [{ metadata: { name: 'x' }, spec: { host: 'h1' } }, { metadata: { name: 'x' }, spec: { host: 'h1' } }] }, status: 409, code: 'name-taken', pointer: '/items/1/metadata/name', detail: /sandbox x/ },
  { name: 'too many items', path: '/v1/sandboxes/bulk', body: { items: Array.from({ length: 1001 }, () => ({ spec: { host: 'h1' } })) }, status: 400, code: 'invalid-request', pointer: '/items', detail: /1000/ },
  { name: 'an empty bulk', path: '/v1/sandboxes/bulk', body: { items: [] }, status: 400, code: 'invalid-request', pointer: '/items', detail: /./ },
  { name: 'a bulk delete of what is not there', path: '/v1/endpoints/bulk-delete', body: { refs: ['free', 'nobody'] }, status: 422, code: 'unknown-reference', pointer: '/refs/1', detail: /nobody/ },
  { name: 'a bulk delete of nothing', path: '/v1/endpoints/bulk-delete', body: {}, status: 422, code: 'invalid-value', pointer: '/refs', detail: /refs or labelSelector/ },
  { name: 'a bulk delete by a bad selector', path: '/v1/endpoints/bulk-delete', body: { labelSelector: '=' }, status: 422, code: 'invalid-value', pointer: '/labelSelector', detail: /key=value/ },
  // Probes
  { name: 'a probe in no sandbox', path: '/v1/probes', body: { spec: { sandbox: 'nobody', kind: 'ping', target: '10.1.0.1' } }, status: 422, code: 'unknown-reference', pointer: '/spec/sandbox', detail: /nobody/ },
  { name: 'a probe of no address', path: '/v1/probes', body: { spec: { sandbox: 'a', kind: 'ping', target: '-f' } }, status: 422, code: 'invalid-value', pointer: '/spec/target', detail: /no IP address/ },
  { name: 'a probe with another’s field', path: '/v1/probes', body: { spec: { sandbox: 'a', kind: 'ping', target: '10.1.0.1', port: 80 } }, status: 422, code: 'invalid-value', pointer: '/spec/port', detail: /has no port/ },
  { name: 'a tcp probe without a port', path: '/v1/probes', body: { spec: { sandbox: 'a', kind: 'tcp', target: '10.1.0.1' } }, status: 422, code: 'invalid-value', pointer: '/spec/port', detail: /needs a port/ },
  { name: 'a probe of too many pings', path: '/v1/probes', body: { spec: { sandbox: 'a', kind: 'ping', target: '10.1.0.1', count: 21 } }, status: 400, code: 'invalid-request', pointer: '/spec/count', detail: /20/ },
  // Queries
  { name: 'an unknown filter', method: 'get', path: '/v1/networks?colour=red', status: 400, code: 'unknown-parameter', pointer: '?colour', detail: /colour/ },
  { name: 'an unknown sort key', method: 'get', path: '/v1/endpoints?sort=size', status: 400, code: 'unknown-parameter', pointer: '?sort', detail: /createdAt/ },
  { name: 'too large a page', method: 'get', path: '/v1/endpoints?limit=501', status: 400, code: 'unknown-parameter', pointer: '?limit', detail: /500/ },
  { name: 'a cursor of no list', method: 'get', path: '/v1/endpoints?cursor=abc', status: 400, code: 'unknown-parameter', pointer: '?cursor', detail: /cursor/ },
  { name: 'a bad label selector', method: 'get', path: '/v1/endpoints?labelSelector=a%3D%3Db', status: 400, code: 'unknown-parameter', pointer: '?labelSelector', detail: /key=value/ },
  { name: 'a bad flag', method: 'delete', path: '/v1/networks/lab?cascade=maybe', status: 400, code: 'unknown-parameter', pointer: '?cascade', detail: /boolean/ },
  { name: 'watching an unknown kind', method: 'get', path: '/v1/watch?kinds=network,router', status: 400, code: 'unknown-parameter', pointer: '?kinds', detail: /kinds/ },
  { name: 'resuming a watch from nowhere', method: 'get', path: '/v1/watch', headers: { 'last-event-id': '999999999' }, status: 410, code: 'watch-expired', detail: /watch anew/ },
  { name: 'a driver that is not there', method: 'get', path: '/v1/drivers/token-ring', status: 404, code: 'not-found', detail: /token-ring/ },
  { name: 'a path that is not there', method: 'get', path: '/v1/nothing', status: 404, code: 'not-found', detail: /nothing/ },
  // Workers
  { name: 'a host whose name is no label', method: 'put', path: '/v1/hosts/Bad_Host/registration', body: { kernelRelease: '6', workerVersion: '0', routes: [], uplinkMtuBytes: 1500, drivers: [] }, status: 422, code: 'invalid-value', detail: /DNS label/ },
  { name: 'a registration with a bad route', method: 'put', path: '/v1/hosts/h9/registration', body: { kernelRelease: '6', workerVersion: '0', routes: ['10.0.0.1/8'], uplinkMtuBytes: 1500, drivers: [] }, status: 422, code: 'invalid-value', pointer: '/routes/0', detail: /10\.0\.0\.1\/8/ },
  { name: 'a report of a lost host', path: '/v1/hosts/nowhere/reports', body: { objects: [], probes: [], events: [] }, status: 404, code: 'not-found', detail: /nowhere/ },
  { name: 'what is no report', path: '/v1/hosts/h1/reports', body: { objects: [{ kind: 'network' }], probes: [], events: [] }, status: 400, code: 'invalid-request', pointer: '/objects/0', detail: /required/ },
  { name: 'the feed of an unknown host', method: 'get', path: '/v1/hosts/nowhere/feed', status: 404, code: 'not-found', detail: /nowhere/ },
  { name: 'a host with something on it', method: 'delete', path: '/v1/hosts/h1', status: 409, code: 'in-use', detail: /sandbox a/ },
];

describe('bad input', () => {
  it.each(refusals)('refuses $name', async ({ method = 'post', path, body, headers = {}, status, code, pointer, detail }) => {
    const before = await everything();
    const request = api.request(method, path).set({ ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
    const answer = await (body === undefined ? request : request.send(body));
    expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ type: `/problems/${code}`, status, instance: path.split('?')[0], retryable: expect.any(Boolean) as boolean });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body.detail).toMatch(detail);
    expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    if (pointer !== undefined) expect((answer.body.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer);
    expect(await everything()).toEqual(before);
  });

  it('refuses the 1,024th endpoint of one bridge, whoever asks at the same time', async () => {
    await api.post('/v1/networks', { metadata: { name: 'full' }, spec: { driver: 'bridge', subnets: [{ cidr: '10.4.0.0/16' }] } }).expect(201);
    const sandboxes = (from: number, count: number): object => ({ items: Array.from({ length: count }, (_, index) => ({ metadata: { name: `s${from + index}` }, spec: { host: 'h1' } })) });
    await api.post('/v1/sandboxes/bulk', sandboxes(0, 1000)).expect(201);
    await api.post('/v1/sandboxes/bulk', sandboxes(1000, 30)).expect(201);
    const items = (from: number, count: number): object => ({ items: Array.from({ length: count }, (_, index) => ({ spec: { network: 'full', sandbox: `s${from + index}` } })) });
    await api.post('/v1/endpoints/bulk', items(0, 1000)).expect(201);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => api.post('/v1/endpoints', { spec: { network: 'full', sandbox: `s${1000 + index}` } })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(23);
    const refused = answers.find(({ status }) => status !== 201);
    expect(refused?.body).toMatchObject({ type: '/problems/limit-reached', status: 409, detail: expect.stringMatching(/1023 endpoints on one host.*host h1/) as string });
  });

  it('refuses a subnet that a host routes elsewhere when an endpoint would bring it there', async () => {
    await api.post('/v1/networks', { metadata: { name: 'roaming' }, spec: { driver: 'bridge', subnets: [{ cidr: '198.51.100.0/26' }] } }).expect(201);
    await api.post('/v1/sandboxes', { metadata: { name: 'there' }, spec: { host: 'routed' } }).expect(201);
    const answer = await api.post('/v1/endpoints', { spec: { network: 'roaming', sandbox: 'there' } }).expect(409);
    expect(answer.body).toMatchObject({ type: '/problems/subnet-overlap', detail: expect.stringContaining('198.51.100.0/24 of host routed') as string });
  });
});

describe('tokens', () => {
  it.each([
    ['no token', undefined],
    ['an unknown token', 'Bearer something-else'],
    ['another scheme', `Basic ${adminToken}`],
  ])('refuses %s', async (_, authorization) => {
    const request = supertest(api.url).get('/v1/networks');
    const answer = await (authorization ? request.set('Authorization', authorization) : request);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.body.type).toBe('/problems/unauthenticated');
  });

  it('lets workers do what workers do, and no more', async () => {
    const answer = await supertest(api.url).get('/v1/networks').set('Authorization', `Bearer ${workerToken}`);
    expect(answer.body).toMatchObject({ type: '/problems/forbidden', status: 403 });
    await supertest(api.url).post('/v1/hosts/h1/reports').set('Authorization', `Bearer ${workerToken}`).send({ objects: [], probes: [], events: [] }).expect(204);
  });

  it('needs none for health, metrics and documentation', async () => {
    for (const path of ['/livez', '/readyz', '/metrics', '/openapi.json', '/docs/']) await supertest(api.url).get(path).expect(200);
  });
});

import type { InquiryQuestion } from '@netyard/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, type Replica } from './api-under-test';

const traffic = { bytes: 10, packets: 1, dropped: 0, errors: 0, mbps: 0.1, limitMbps: null };
const count = { packets: 2, bytes: 120 };

function answerTo(question: InquiryQuestion) {
  switch (question.type) {
    case 'endpoint-counters':
      return { type: question.type, counters: { ingress: traffic, egress: traffic, overMs: 500 } };
    case 'host-counters': {
      const { bytes, packets, dropped, errors } = traffic;
      const link = { bytes, packets, dropped, errors };
      const endpoints = question.endpointIds.map((endpointId) => ({ endpointId, ingress: link, egress: link }));
      return { type: question.type, counters: { observedAt: '2026-01-02T03:04:05.000Z', endpoints } };
    }
    case 'policy-counters':
      return { type: question.type, counters: { rules: [count], defaultDenied: { packets: 0, bytes: 0 } } };
    case 'policy-preview':
      return { type: question.type, preview: { flowCount: 3, cutCount: 0, cut: [] } };
    case 'resolver':
    case 'sandbox-stack':
    case 'tunnels':
      return null;
  }
}

let under: ApiUnderTest;
let api: Replica;

beforeAll(async () => {
  under = await ApiUnderTest.start({ replicas: 2, hosts: [], environment: { NETYARD_PORT_RANGE: '30000-30009' } });
  api = under.replica;
  for (const host of ['h1', 'h2']) await under.addHost(host, { answerTo });
  await api
    .post('/v1/networks', {
      metadata: { name: 'web' },
      spec: { driver: 'bridge', domain: 'lab.example', subnets: [{ cidr: '10.1.0.0/24' }] },
    })
    .expect(201);
  for (const [name, host] of [
    ['a', 'h1'],
    ['b', 'h2'],
  ] as const) {
    await api.post('/v1/sandboxes', { metadata: { name }, spec: { host } }).expect(201);
    await ready('/v1/endpoints', { metadata: { name, labels: { role: name } }, spec: { network: 'web', sandbox: name } });
  }
});
afterAll(() => under.close());

const ready = async (path: string, body: object) => {
  const answer = await api.post(path, body).set('Prefer', 'wait=60').expect(201);
  expect(answer.body.status.conditions[0]).toMatchObject({ type: 'Ready', status: 'True' });
  return answer.body;
};

describe('published ports', () => {
  it('take the place, the address and the port that the deployment gives', async () => {
    const port = await ready('/v1/endpoints/a/ports', { protocol: 'tcp', port: 80 });
    expect(port.spec).toMatchObject({
      endpoint: 'a',
      protocol: 'tcp',
      port: 80,
      endPort: 80,
      hostPort: null,
      hostAddress: '127.0.0.1',
      allowedSources: [],
      service: null,
    });
    expect(port.status).toMatchObject({ host: 'h1', address: '10.1.0.2' });
    expect(port.status.hostPort).toBeGreaterThanOrEqual(30_000);
    const { body: endpoint } = await api.get('/v1/endpoints/a').expect(200);
    expect(endpoint.status.ports).toMatchObject([{ protocol: 'tcp', port: 80, hostPort: port.status.hostPort, ready: true }]);
    expect(endpoint.status.conditions).toContainEqual(expect.objectContaining({ type: 'PortsReady', status: 'True' }));
    await api.delete(`/v1/endpoints/a/ports/${port.metadata.id}`).set('Prefer', 'wait=60').expect(204);
    await api.get(`/v1/endpoints/a/ports/${port.metadata.id}`).expect(404);
  });

  it('of 40 requests at once, ten get the ten automatic ones, none twice, and the others are told', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => api.post('/v1/endpoints/a/ports', { protocol: 'tcp', port: 80 })));
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.status.hostPort)).size).toBe(made.length);
    expect(made).toHaveLength(10);
    expect(answers.filter(({ body }) => body.type === '/problems/ports-exhausted')).toHaveLength(30);
    for (const { body } of made) await api.delete(`/v1/endpoints/a/ports/${body.metadata.id}`).set('Prefer', 'wait=60').expect(204);
  });

  it('of 20 requests at once for one port, one gets it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        api.post('/v1/endpoints/a/ports', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: index % 2 ? '0.0.0.0' : '192.0.2.1' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
    await api
      .delete(`/v1/endpoints/a/ports/${answers.find(({ status }) => status === 201)?.body.metadata.id}`)
      .set('Prefer', 'wait=60')
      .expect(204);
  });

  it('wait for their endpoint, and move with it; where one is taken the join says by whom', async () => {
    await api.post('/v1/endpoints', { metadata: { name: 'later' }, spec: { network: 'web' } }).expect(201);
    const { body: port } = await api
      .post('/v1/endpoints/later/ports', { metadata: { name: 'p' }, protocol: 'udp', port: 53, hostPort: 5353, hostAddress: '0.0.0.0' })
      .expect(201);
    expect(port.status).toMatchObject({ host: null, hostPort: null, conditions: [{ reason: 'NotJoined' }] });
    await ready('/v1/endpoints/b/ports', { protocol: 'udp', port: 53, hostPort: 5353, hostAddress: '0.0.0.0' });
    const { body: refused } = await api.post('/v1/endpoints/later/join', { sandbox: 'b' }).expect(409);
    expect(refused).toMatchObject({ type: '/problems/port-in-use', detail: expect.stringContaining('published by endpoint b') });
    await api.post('/v1/endpoints/later/join', { sandbox: 'a' }).set('Prefer', 'wait=60').expect(200);
    expect((await api.get('/v1/endpoints/later/ports/p').expect(200)).body.status).toMatchObject({ host: 'h1', hostPort: 5353 });
    await api.post('/v1/endpoints/later/leave', {}).set('Prefer', 'wait=60').expect(200);
    expect((await api.get('/v1/endpoints/later/ports/p').expect(200)).body.status).toMatchObject({ host: null });
    await api.delete('/v1/endpoints/later').expect(204);
    expect((await api.get('/v1/ports?protocol=udp').expect(200)).body.items).toHaveLength(1);
  });

  it('come many at once: all or none', async () => {
    const items = [9001, 9002, 9001].map((hostPort) => ({ protocol: 'tcp', port: 80, hostPort, hostAddress: '0.0.0.0' }));
    await api.post('/v1/endpoints/a/ports/bulk', { items }).expect(409);
    expect((await api.get('/v1/endpoints/a/ports').expect(200)).body.items).toEqual([]);
    const { body } = await api
      .post('/v1/endpoints/a/ports/bulk', { items: items.slice(0, 2) })
      .set('Prefer', 'wait=60')
      .expect(201);
    expect(body.items).toHaveLength(2);
    await api
      .patch(`/v1/endpoints/a/ports/${body.items[0].metadata.id}`, { hostPort: 9003, allowedSources: ['10.0.0.0/8'], service: 'http' })
      .set('Prefer', 'wait=60')
      .expect(200);
    expect(under.workers[0]?.objects.get(body.items[0].metadata.id)).toMatchObject({
      hostPort: 9003,
      allowedSources: ['10.0.0.0/8'],
      service: 'http',
      generation: 2,
    });
  });
});

describe('settings', () => {
  it('reach the hosts when they change, and only then', async () => {
    const network = (): unknown => [...(under.workers[0]?.objects.values() ?? [])].find(({ name }) => name === 'web');
    expect(network()).toMatchObject({ discovery: true, domain: 'lab.example', generation: 1 });
    await api
      .patch('/v1/networks/web', { spec: { dns: { search: ['lab.example'] } } })
      .set('Prefer', 'wait=60')
      .expect(200);
    expect(network()).toMatchObject({ dns: { search: ['lab.example'], servers: [] }, generation: 2 });
    const { body } = await api.patch('/v1/networks/web', { spec: { dns: { search: ['lab.example'] } } }).expect(200);
    expect(body.metadata.generation).toBe(2);
    await api
      .patch('/v1/endpoints/a', { spec: { aliases: ['www'], limits: { egressMbps: 10 }, spoofingGuard: false } })
      .set('Prefer', 'wait=60')
      .expect(200);
    const endpoint = [...(under.workers[0]?.objects.values() ?? [])].find(({ kind, name }) => kind === 'endpoint' && name === 'a');
    expect(endpoint).toMatchObject({
      aliases: ['www'],
      limits: { ingressMbps: null, egressMbps: 10 },
      spoofingGuard: false,
      labels: { role: 'a' },
    });
  });

  it('leave the default network without discovery', () => {
    const networks = [...(under.workers[0]?.objects.values() ?? [])].filter(({ kind }) => kind === 'network');
    expect(networks.find(({ name }) => name === 'default-h1')).toMatchObject({ discovery: false });
  });
});

describe('policies', () => {
  const spec = {
    network: 'web',
    rules: [{ action: 'deny', protocol: 'tcp', ports: ['5432', '8000-8100'], from: { endpoints: ['a'] }, to: { labels: { role: 'b' } } }],
  };

  it('are shown as they were given, and told to every host of the network', async () => {
    const policy = await ready('/v1/policies', { metadata: { name: 'p' }, spec });
    expect(policy.spec).toEqual({ network: 'web', priority: 0, defaultAction: 'allow', rules: [{ ...spec.rules[0], direction: 'both' }] });
    expect(policy.status.hosts.map(({ host }: { host: string }) => host)).toEqual(['h1', 'h2']);
    for (const worker of under.workers) expect(worker.objects.get(policy.metadata.id)).toMatchObject({ kind: 'policy', name: 'p' });
  });

  it('come to a host with their network, before its endpoint', async () => {
    const worker = await under.addHost('h3', { answerTo });
    await api.post('/v1/sandboxes', { metadata: { name: 'c' }, spec: { host: 'h3' } }).expect(201);
    await ready('/v1/endpoints', { metadata: { name: 'c' }, spec: { network: 'web', sandbox: 'c' } });
    const kinds = worker.messages.flatMap(({ message }) =>
      message.type === 'upsert' && ['p', 'c'].includes(message.object.name) ? message.object.kind : [],
    );
    expect(kinds.indexOf('policy')).toBeLessThan(kinds.indexOf('endpoint'));
    expect(kinds).toContain('policy');
  });

  it('sum up what their hosts have counted, and preview on all of them, whichever replica is asked', async () => {
    const { body } = await (under.replicas[1] as Replica).get('/v1/policies/p/counters').expect(200);
    expect(body.rules).toEqual([{ packets: 6, bytes: 360 }]);
    expect(body.hosts).toHaveLength(3);
    const { body: preview } = await api.post('/v1/policies/preview', { metadata: { name: 'other' }, spec }).expect(200);
    expect(preview).toEqual({ flowCount: 9, cutCount: 0, cut: [] });
  });

  it('change and go', async () => {
    const { body } = await api
      .patch('/v1/policies/p', { spec: { defaultAction: 'deny', rules: [] } })
      .set('Prefer', 'wait=60')
      .expect(200);
    expect(body).toMatchObject({ metadata: { generation: 2 }, spec: { defaultAction: 'deny', rules: [] } });
    await api.delete('/v1/policies/p').set('Prefer', 'wait=60').expect(204);
    for (const worker of under.workers) expect([...worker.objects.values()].some(({ kind }) => kind === 'policy')).toBe(false);
  });

  it('keep a network that they select', async () => {
    await api.post('/v1/networks', { metadata: { name: 'selected' }, spec: { driver: 'bridge' } }).expect(201);
    await ready('/v1/policies', {
      metadata: { name: 'q' },
      spec: { network: 'web', rules: [{ action: 'allow', from: { network: 'selected' } }] },
    });
    expect((await api.get('/v1/policies/q').expect(200)).body.spec.rules[0].from).toEqual({ network: 'selected' });
    const { body } = await api.delete('/v1/networks/selected').expect(409);
    expect(body.detail).toContain('policy q');
    await api.delete('/v1/policies/q').set('Prefer', 'wait=60').expect(204);
    await api.delete('/v1/networks/selected').expect(204);
  });
});

describe('questions to hosts', () => {
  it('are answered by them', async () => {
    expect((await api.get('/v1/endpoints/a/counters').expect(200)).body).toEqual({ ingress: traffic, egress: traffic, overMs: 500 });
  });

  it('are answered at once for all of a tenant’s endpoints on a host, by their names', async () => {
    const { body } = await api.get('/v1/hosts/h1/counters').expect(200);
    const link = { bytes: 10, packets: 1, dropped: 0, errors: 0 };
    expect(body.observedAt).toBe('2026-01-02T03:04:05.000Z');
    expect(body.items).toContainEqual({ endpoint: 'a', ingress: link, egress: link });
    expect(body.items.map(({ endpoint }: { endpoint: string }) => endpoint)).not.toContain('b');
  });

  it('tell what the host objects to, and what cannot be asked', async () => {
    const { body } = await api.get('/v1/sandboxes/a/resolver').expect(422);
    expect(body.detail).toContain('host h1: the sandbox has no resolver');
    await api.post('/v1/endpoints', { metadata: { name: 'idle' }, spec: { network: 'web' } }).expect(201);
    expect((await api.get('/v1/endpoints/idle/counters').expect(409)).body.type).toBe('/problems/not-joined');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, datagramAnswer, Deployment, outcome, Server } from '@netyard/testing';

interface Resolver {
  listening: boolean;
  address: string | null;
  resolvConf: string;
  records: { name: string; type: string; data: string }[];
  queries: { total: number; answered: number; nameError: number; noData: number };
}

describe('names, from HTTP to dig', () => {
  let deployment: Deployment;
  const sandboxes = new Map<string, ApiObject>();

  const sandbox = (name: string): ApiObject => {
    const found = sandboxes.get(name);
    if (!found) throw new Error(`no sandbox ${name}`);
    return found;
  };
  const run = (name: string, ...command: string[]): string => outcome([...deployment.enter(sandbox(name)), ...command]);
  /** Asks the server of the sandbox's resolv.conf. */
  const dig = (name: string, ...args: string[]): string[] =>
    run(name, 'dig', '+short', '+tries=1', '+time=30', ...args)
      .split('\n')
      .filter(Boolean)
      .sort();
  const status = (name: string, ...args: string[]): string | undefined =>
    /status: (\w+)/.exec(run(name, 'dig', '+tries=1', '+time=30', ...args))?.[1];

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 1 });
    await deployment.create('networks', 'web', {
      driver: 'bridge',
      domain: 'lab.example',
      subnets: [{ cidr: '10.30.0.0/24' }, { cidr: 'fd00:30::/64' }],
    });
    await deployment.create('networks', 'back', { driver: 'bridge', internal: true, subnets: [{ cidr: '10.31.0.0/24' }] });
    for (const name of ['a', 'b', 'c', 'plain']) sandboxes.set(name, await deployment.create('sandboxes', name, { host: 'h1' }));
    await deployment.create('endpoints', 'a-web', { network: 'web', sandbox: 'a', addresses: ['10.30.0.11', 'fd00:30::11'] });
    await deployment.create('endpoints', 'b-web', { network: 'web', sandbox: 'b', addresses: ['10.30.0.12'], aliases: ['www'] });
    await deployment.create('endpoints', 'c-web', { network: 'web', sandbox: 'c', addresses: ['10.30.0.13'], aliases: ['www'] });
    await deployment.create('endpoints', 'b-back', { network: 'back', sandbox: 'b', addresses: ['10.31.0.12'] });
    await deployment.create('endpoints', 'plain', { sandbox: 'plain' });
  });
  afterAll(() => deployment.close());

  it.each([
    { what: 'an endpoint', ask: ['b-web'], answers: ['10.30.0.12'] },
    { what: 'a sandbox, on the networks that both share', ask: ['b'], answers: ['10.30.0.12'] },
    { what: 'an alias of two', ask: ['www'], answers: ['10.30.0.12', '10.30.0.13'] },
    { what: 'a name with its network', ask: ['b-web.web'], answers: ['10.30.0.12'] },
    { what: 'a name in the domain', ask: ['www.lab.example'], answers: ['10.30.0.12', '10.30.0.13'] },
    { what: 'IPv6', ask: ['a-web', 'AAAA'], answers: ['fd00:30::11'] },
    { what: 'itself, whatever the case', ask: ['A-Web'], answers: ['10.30.0.11'] },
    { what: 'over TCP', ask: ['b-web', '+tcp'], answers: ['10.30.0.12'] },
    { what: 'the name of an IPv4 address', ask: ['-x', '10.30.0.12'], answers: ['b-web.web.'] },
    { what: 'the name of an IPv6 address', ask: ['-x', 'fd00:30::11'], answers: ['a-web.web.'] },
    { what: 'nothing of a network that it is not on', ask: ['b-back'], answers: [] },
  ])('answers $what', ({ ask, answers }) => {
    expect(dig('a', ...ask)).toEqual(answers);
  });

  it('tells a name without such a record from one that does not exist', () => {
    expect(status('b', 'b-back', 'AAAA')).toBe('NOERROR');
    expect(dig('b', 'b-back', 'AAAA')).toEqual([]);
    expect(status('a', 'nobody.lab.example')).toBe('NXDOMAIN');
  });

  it('lets programs of the sandbox find each other by name', async () => {
    const server = await Server.start(deployment.enter(sandbox('b')), { port: 80 });
    try {
      expect(run('a', 'curl', '-4sS', '--max-time', '30', 'http://b-web.lab.example/')).toBe('10.30.0.11');
      expect(await deployment.probe({ sandbox: 'a', kind: 'http', target: 'b-web' })).toMatchObject({ statusCode: 200 });
      expect(await deployment.probe({ sandbox: 'a', kind: 'ping', target: 'b-web', count: 1 })).toMatchObject({ received: 1 });
    } finally {
      await server.close();
    }
  });

  it('answers for published services', async () => {
    await deployment.publish('b-web', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0', service: 'http' });
    expect(dig('a', '_http._tcp.b-web', 'SRV')).toEqual(['0 0 80 b-web.web.']);
    expect(dig('a', '_80._tcp.www.lab.example', 'SRV')).toEqual(['0 0 80 b-web.web.']);
  });

  it('knows a new alias as soon as the change is answered, and forgets an old one', async () => {
    await deployment.patch('/v1/endpoints/c-web', { spec: { aliases: ['api'] } });
    expect(dig('a', 'api')).toEqual(['10.30.0.13']);
    expect(dig('a', 'www')).toEqual(['10.30.0.12']);
    await deployment.patch('/v1/endpoints/c-web', { spec: { aliases: ['www'] } });
  });

  it('knows a joined endpoint when the join is answered, and forgets one that has left', async () => {
    await deployment.create('endpoints', 'late', { network: 'web', sandbox: 'plain' });
    expect(dig('a', 'late')).toHaveLength(1);
    expect((await deployment.request('POST', '/v1/endpoints/late/leave', {}, { prefer: 'wait=60' })).status).toBe(200);
    expect(dig('a', 'late')).toEqual([]);
    await deployment.remove('/v1/endpoints/late');
  });

  it('leaves a server of the user on port 53 alone, and answers beside it', async () => {
    const program = `const socket = require('node:dgram').createSocket('udp4');
      socket.on('message', (message, { port, address }) => socket.send('mine', port, address));
      socket.bind(53, '0.0.0.0', () => console.log('listening'));`;
    const own = await Server.run([...deployment.enter(sandbox('b')), process.execPath, '-e', program], /listening/);
    try {
      expect(datagramAnswer(deployment.enter(sandbox('a')), '10.30.0.12', 53)).toBe('mine');
      expect(dig('b', 'a-web')).toEqual(['10.30.0.11']);
    } finally {
      await own.close();
    }
  });

  it('gives a sandbox of the default network no resolver', async () => {
    const { body } = await deployment.get<Resolver>('/v1/sandboxes/plain/resolver');
    expect(body).toMatchObject({ listening: false, address: null, records: [] });
    expect(body.resolvConf).not.toContain('127.0.0.11');
  });

  it('shows what the resolver answers, and how often', async () => {
    const before = (await deployment.get<Resolver>('/v1/sandboxes/a/resolver')).body;
    expect(before).toMatchObject({ listening: true, address: '127.0.0.11' });
    expect(before.resolvConf).toContain('nameserver 127.0.0.11');
    expect(before.records).toContainEqual(expect.objectContaining({ name: 'b-web.lab.example', type: 'A', data: '10.30.0.12' }));
    dig('a', 'b-web');
    const { queries } = (await deployment.get<Resolver>('/v1/sandboxes/a/resolver')).body;
    expect(queries).toMatchObject({ total: before.queries.total + 1, answered: before.queries.answered + 1 });
  });

  it('puts the settings of sandbox and network into resolv.conf', async () => {
    await deployment.patch('/v1/networks/web', {
      spec: { dns: { search: ['lab.example'], options: ['ndots:1'], hosts: [{ name: 'printer', address: '192.0.2.9' }] } },
    });
    await deployment.patch('/v1/sandboxes/a', { spec: { dns: { search: ['own.example'] } } });
    await deployment.until('the settings are there', async () =>
      run('a', 'cat', '/etc/resolv.conf').includes('search own.example lab.example'),
    );
    expect(run('a', 'cat', '/etc/resolv.conf')).toContain('options ndots:1');
    expect(dig('a', 'printer')).toEqual(['192.0.2.9']);
  });

  it('asks the servers that a network names for what it does not know', async () => {
    const upstream = await deployment.create('sandboxes', 'upstream', { host: 'h1' });
    await deployment.create('endpoints', 'upstream', { network: 'web', sandbox: 'upstream', addresses: ['10.30.0.53'] });
    const server = await Server.run(
      [
        ...deployment.enter(upstream),
        'dnsmasq',
        '--keep-in-foreground',
        '--no-resolv',
        '--no-hosts',
        '--log-facility=-',
        '--host-record=far.example,192.0.2.77',
      ],
      /started/,
    );
    try {
      await deployment.patch('/v1/networks/web', { spec: { dns: { servers: ['10.30.0.53'] } } });
      expect(dig('a', 'far.example')).toEqual(['192.0.2.77']);
      expect(dig('c', 'far.example', '+tcp')).toEqual(['192.0.2.77']);
    } finally {
      await server.close();
    }
  });

  it('goes on answering while the API is away', async () => {
    await deployment.kill('api-0');
    try {
      expect(dig('a', 'b-web')).toEqual(['10.30.0.12']);
    } finally {
      await deployment.startApi(0);
    }
  });
});

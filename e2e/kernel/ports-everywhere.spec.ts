import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgeLinkName, vxlanLinkName } from '@netyard/contracts';
import { type ApiObject, briefly, curl, datagramAnswer, Deployment, outcome, Server } from '@netyard/testing';

/** Three hosts, of which the first has the endpoint, a fourth that comes later, and a client outside. */
describe.each([
  { underlay: 'ipv4', prefix: '10.50.0', ipv6: 'fd00:50' },
  { underlay: 'ipv6', prefix: '10.51.0', ipv6: 'fd00:51' },
])('ports published on every host, by tunnels over $underlay', ({ underlay, prefix, ipv6 }) => {
  let deployment: Deployment;
  let network: ApiObject;
  const sandboxes = new Map<string, ApiObject>();
  const servers: Server[] = [];
  /** Each host's own addresses in the network. */
  const own = new Map<string, { four: string; six: string }>();

  const enterHost = (name: string): string[] => ['ip', 'netns', 'exec', deployment.underlay.host(name).name];
  const enterSandbox = (name: string): string[] => deployment.enter(sandboxes.get(name) as ApiObject);
  const onHost = (name: string, ...command: string[]): string => outcome([...enterHost(name), ...command]);
  const four = (number: number): string => `198.51.100.${number}`;
  const six = (number: number): string => `2001:db8:51::${number}`;
  const links = (name: string): string => onHost(name, 'ip', '-o', 'link', 'show', vxlanLinkName(network.metadata.id));
  const bridge = (): string => bridgeLinkName(network.metadata.id);
  const serve = async (): Promise<void> => {
    const enter = deployment.enter(sandboxes.get('a') as ApiObject);
    for (const port of [80, 81, 82]) servers.push(await Server.start(enter, { port }));
    servers.push(await Server.start(enter, { port: 53, protocol: 'udp' }));
  };
  /** The addresses that a host has in the network beside the gateways'. */
  const noteOwn = (name: string): void => {
    const shown = onHost(name, 'ip', '-j', 'addr', 'show', bridge());
    const [link] = JSON.parse(shown) as { addr_info: { local: string }[] }[];
    const addresses = (link?.addr_info ?? []).map(({ local }) => local);
    const [gateway4, gateway6] = [`${prefix}.1`, `${ipv6}::1`];
    own.set(name, {
      four: addresses.find((address) => address.startsWith(`${prefix}.`) && address !== gateway4) ?? '',
      six: addresses.find((address) => address.startsWith(`${ipv6}:`) && address !== gateway6) ?? '',
    });
  };

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 3, outsiders: 2 });
    network = await deployment.create('networks', 'wide', {
      driver: 'overlay',
      subnets: [{ cidr: `${prefix}.0/24` }, { cidr: `${ipv6}::/64` }],
      options: { underlay },
    });
    await deployment.create('networks', 'other', { driver: 'bridge', subnets: [{ cidr: '10.59.0.0/24' }] });
    for (const [name, host, of] of [
      ['a', 'h1', 'wide'],
      ['b', 'h2', 'wide'],
      ['x', 'h2', 'other'],
    ] as const) {
      sandboxes.set(name, await deployment.create('sandboxes', name, { host }));
      await deployment.create('endpoints', name, { network: of, sandbox: name });
    }
    await serve();
    await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0', publish: 'everywhere' });
    await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '::', publish: 'everywhere' });
    await deployment.publish('a', { protocol: 'udp', port: 53, hostPort: 5353, hostAddress: '0.0.0.0', publish: 'everywhere' });
    await deployment.publish('a', { protocol: 'udp', port: 53, hostPort: 5353, hostAddress: '::', publish: 'everywhere' });
    await deployment.publish('a', {
      protocol: 'tcp',
      port: 80,
      endPort: 82,
      hostPort: 9080,
      hostAddress: '0.0.0.0',
      publish: 'everywhere',
    });
    await deployment.publish('a', { protocol: 'tcp', port: 80, hostPort: 8088, hostAddress: '127.0.0.1', publish: 'everywhere' });
    for (const name of ['h1', 'h2', 'h3']) noteOwn(name);
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await deployment.close();
  });

  it('answer a client outside on every host; on the endpoint’s its address is kept, by others it is theirs', () => {
    expect(curl(enterHost('h4'), `${four(1)}:8080`)).toBe(four(4));
    expect(curl(enterHost('h4'), `${four(2)}:8080`)).toBe(own.get('h2')?.four);
    expect(curl(enterHost('h4'), `${four(3)}:8080`)).toBe(own.get('h3')?.four);
    expect(curl(enterHost('h4'), `[${six(1)}]:8080`)).toBe(six(4));
    expect(curl(enterHost('h4'), `[${six(2)}]:8080`)).toBe(own.get('h2')?.six);
    expect(curl(enterHost('h4'), `[${six(3)}]:8080`)).toBe(own.get('h3')?.six);
  });

  it('carry UDP', () => {
    expect(datagramAnswer(enterHost('h4'), four(1), 5353)).toBe(four(4));
    expect(datagramAnswer(enterHost('h4'), four(3), 5353)).toBe(own.get('h3')?.four);
    expect(datagramAnswer(enterHost('h4'), six(3), 5353)).toBe(own.get('h3')?.six);
  });

  it('lead each port of a range to its own', () => {
    for (const port of [9080, 9081, 9082]) expect(curl(enterHost('h4'), `${four(3)}:${port}`)).toBe(own.get('h3')?.four);
  });

  it.each([
    { what: 'the host itself, by its address', from: 'h3', address: four(3), port: 8080 },
    { what: 'the host itself, by localhost', from: 'h3', address: '127.0.0.1', port: 8080 },
    { what: 'the host itself, of a port that is there for it alone', from: 'h3', address: '127.0.0.1', port: 8088 },
  ])('are reached by $what', ({ from, address, port }) => {
    expect(curl(enterHost(from), `${address}:${port}`)).toBe(own.get(from)?.four);
  });

  it('are reached by nobody else where they are published for the host alone', () => {
    expect(curl(enterHost('h4'), `${four(3)}:8088`, briefly)).toMatch(/^failed/);
    expect(curl(enterHost('h1'), '127.0.0.1:8088')).toBe(own.get('h1')?.four);
  });

  it('are reached by sandboxes of the same network, of another one, and by the endpoint itself', () => {
    for (const address of [four(2), four(3), `${prefix}.1`])
      expect(curl(enterSandbox('b'), `${address}:8080`)).toMatch(new RegExp(`^${prefix}\\.`));
    expect(curl(enterSandbox('b'), `[${six(2)}]:8080`)).toBe(own.get('h2')?.six);
    expect(curl(enterSandbox('x'), `${four(2)}:8080`)).toBe(own.get('h2')?.four);
    expect(curl(enterSandbox('x'), `${four(1)}:8080`)).toBe(four(2));
    expect(curl(enterSandbox('a'), `${four(1)}:8080`)).toBe(own.get('h1')?.four);
    expect(curl(enterSandbox('a'), `${four(3)}:8080`)).toBe(own.get('h3')?.four);
  });

  it('let nobody in but the allowed sources, on every host', async () => {
    const { metadata } = await deployment.publish('a', {
      protocol: 'tcp',
      port: 80,
      hostPort: 8081,
      hostAddress: '0.0.0.0',
      publish: 'everywhere',
      allowedSources: [`${four(4)}/32`],
    });
    for (const host of [1, 2, 3]) {
      expect(curl(enterHost('h4'), `${four(host)}:8081`)).not.toMatch(/^failed/);
      expect(curl(enterHost('h5'), `${four(host)}:8081`, briefly)).toMatch(/^failed/);
    }
    await deployment.remove(`/v1/endpoints/a/ports/${metadata.id}`);
  });

  it('wait where a process has the port, which is named with its host', async () => {
    const listener = await Server.start(['ip', 'netns', 'exec', deployment.underlay.host('h3').name], { port: 7070 });
    const port = { protocol: 'tcp', port: 80, hostPort: 7070, hostAddress: '0.0.0.0', publish: 'everywhere' };
    const { body } = await deployment.request('POST', '/v1/endpoints/a/ports', port);
    const path = `/v1/endpoints/a/ports/${body.metadata.id}`;
    const condition = async () => (await deployment.get(path)).body.status.conditions?.find(({ type }) => type === 'Published');
    // The hosts tell of it in any order.
    const said = `published on h1, h2; not yet on h3: node (pid ${listener.process.pid})`;
    await deployment.until(`the condition says: ${said}`, async () => {
      const { reason, message } = (await condition()) ?? {};
      return reason === 'PortInUse' && message?.includes(said) === true;
    });
    expect(curl(enterHost('h4'), `${four(2)}:7070`)).toBe(own.get('h2')?.four);
    await listener.close();
    await deployment.until('h3 publishes it', async () => (await condition())?.status === 'True');
    expect(curl(enterHost('h4'), `${four(3)}:7070`)).toBe(own.get('h3')?.four);
    await deployment.remove(path);
  });

  it('are put back when somebody takes the tunnel and the rules away', async () => {
    onHost('h3', 'ip', 'link', 'del', bridge());
    onHost('h3', 'nft', 'delete', 'table', 'inet', 'netyard');
    await deployment.until('h3 leads there again', async () => curl(enterHost('h4'), `${four(3)}:8080`, briefly) === own.get('h3')?.four);
    await deployment.until(
      'h3 leads there from localhost',
      async () => curl(enterHost('h3'), '127.0.0.1:8080', briefly) === own.get('h3')?.four,
    );
  });

  it('pass policies with the client’s address where it comes in, and with that host’s at the endpoint', async () => {
    const rules = (...allowed: string[]) =>
      allowed.map((cidr) => ({ action: 'allow', direction: 'both', protocol: 'any', from: { cidrs: [cidr] }, to: { network: 'wide' } }));
    const leads = (host: number, seconds?: number) => !curl(enterHost('h4'), `${four(host)}:8080`, seconds).startsWith('failed');
    const client = `${four(4)}/32`;
    const byHost = `${own.get('h3')?.four}/32`;
    await deployment.create('policies', 'wall', { network: 'wide', defaultAction: 'deny', rules: rules(client) });
    expect([leads(1), leads(3, briefly)]).toEqual([true, false]);
    await deployment.patch('/v1/policies/wall', { spec: { rules: rules(byHost) } });
    expect([leads(1, briefly), leads(3, briefly)]).toEqual([false, false]);
    await deployment.patch('/v1/policies/wall', { spec: { rules: rules(client, byHost) } });
    expect([leads(1), leads(3)]).toEqual([true, true]);
    await deployment.remove('/v1/policies/wall');
  });

  it('come to a host that comes later', async () => {
    deployment.startWorker('h5');
    await deployment.until('h5 leads there', async () => curl(enterHost('h4'), `${four(5)}:8080`, briefly).startsWith(`${prefix}.`));
    noteOwn('h5');
    expect(curl(enterHost('h4'), `${four(5)}:8080`)).toBe(own.get('h5')?.four);
    await deployment.until(
      'its UDP port does, too',
      async () => datagramAnswer(enterHost('h4'), four(5), 5353, briefly) === own.get('h5')?.four,
    );
  });

  it('follow the endpoint to another host', async () => {
    for (const server of servers.splice(0)) await server.close();
    await deployment.request('POST', '/v1/endpoints/a/leave', undefined, { prefer: 'wait=60' });
    await deployment.until('h3 has no tunnel any more', async () => links('h3').startsWith('failed'));
    expect(curl(enterHost('h4'), `${four(3)}:8080`, briefly)).toMatch(/^failed/);
    sandboxes.set('a', await deployment.create('sandboxes', 'a3', { host: 'h3' }));
    await deployment.request('POST', '/v1/endpoints/a/join', { sandbox: 'a3' }, { prefer: 'wait=60' });
    await serve();
    await deployment.until('h1 leads there', async () => curl(enterHost('h4'), `${four(1)}:8080`, briefly).startsWith(`${prefix}.`));
    noteOwn('h1');
    expect(curl(enterHost('h4'), `${four(1)}:8080`)).toBe(own.get('h1')?.four);
    await deployment.until('h3 leads there itself', async () => curl(enterHost('h4'), `${four(3)}:8080`, briefly) === four(4));
    await deployment.until(
      'its UDP port follows',
      async () => datagramAnswer(enterHost('h4'), four(1), 5353, briefly) === own.get('h1')?.four,
    );
  });

  it('go on while API and workers are away', async () => {
    for (const name of ['api-0', 'worker-h1', 'worker-h3']) await deployment.kill(name);
    expect(curl(enterHost('h4'), `${four(1)}:8080`)).toBe(own.get('h1')?.four);
    expect(curl(enterHost('h4'), `${four(3)}:8080`)).toBe(four(4));
    await deployment.startApi(0);
    for (const name of ['h1', 'h3']) deployment.startWorker(name);
  });

  it('are closed on every host when they are deleted, or published on one again; nothing is left', async () => {
    const { body } = await deployment.get<{ items: ApiObject[] }>('/v1/endpoints/a/ports?limit=100');
    const [kept, ...others] = body.items;
    await deployment.patch(`/v1/endpoints/a/ports/${kept?.metadata.id}`, { publish: 'host' });
    for (const { metadata } of others) await deployment.remove(`/v1/endpoints/a/ports/${metadata.id}`);
    const rules = (name: string): string => onHost(name, 'nft', 'list', 'table', 'inet', 'netyard');
    for (const name of ['h1', 'h5']) {
      await deployment.until(`${name} has no tunnel any more`, async () => links(name).startsWith('failed'));
      await deployment.until(`${name} has no rule of the network left`, async () => !rules(name).includes(bridge()));
    }
    expect(links('h2')).toContain(`netyard:network:${network.metadata.id}`);
    for (const name of ['h1', 'h2', 'h5'])
      await deployment.until(`${name} has no rule of a port left`, async () =>
        body.items.every(({ metadata }) => !rules(name).includes(metadata.id)),
      );
    expect(rules('h3')).toContain(kept?.metadata.id);
  });
});

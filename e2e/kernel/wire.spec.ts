import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, Deployment, outcome, pings } from '@netyard/testing';

/** Two hosts on one wire, and a macvlan network on it, with a sandbox on each. */
describe('a macvlan network across hosts', () => {
  let deployment: Deployment;
  const sandboxes: ApiObject[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    await deployment.create('networks', 'lan', {
      driver: 'macvlan',
      subnets: [{ cidr: '10.40.0.0/24' }, { cidr: 'fd00:40::/64' }],
      options: { parent: 'eth0', hostShim: true },
    });
    for (const number of [1, 2]) {
      sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      await deployment.create('endpoints', `e${number}`, {
        network: 'lan',
        sandbox: `s${number}`,
        addresses: [`10.40.0.1${number}`, `fd00:40::1${number}`],
      });
    }
  });
  afterAll(() => deployment.close());

  const enter = (number: number): string[] => deployment.enter(sandboxes[number - 1] as ApiObject);
  const onHost = (number: number, ...command: string[]): string =>
    outcome(['ip', 'netns', 'exec', deployment.underlay.host(`h${number}`).name, ...command]);

  it('connects them by the wire alone, by IPv4 and IPv6', () => {
    for (const target of ['10.40.0.12', 'fd00:40::12']) expect([target, pings(enter(1), target)]).toEqual([target, true]);
  });

  it('answers for names of the other host', () => {
    expect(outcome([...enter(1), 'dig', '+short', 'e2']).trim()).toBe('10.40.0.12');
    expect(outcome([...enter(2), 'dig', '+short', 'AAAA', 's1']).trim()).toBe('fd00:40::11');
  });

  it('lets a host reach its own endpoint by its shim', () => {
    const host = ['ip', 'netns', 'exec', deployment.underlay.host('h1').name];
    for (const target of ['10.40.0.11', 'fd00:40::11']) expect([target, pings(host, target)]).toEqual([target, true]);
  });

  it('tells what an endpoint sends and receives', async () => {
    const { status, body } = await deployment.get<{ ingress: { packets: number } }>('/v1/endpoints/e1/counters');
    expect(status).toBe(200);
    expect(body.ingress.packets).toBeGreaterThan(0);
    const { body: host } = await deployment.get<{ items: { endpoint: string; ingress: { packets: number } }[] }>('/v1/hosts/h1/counters');
    expect(host.items.map(({ endpoint }) => endpoint)).toEqual(['e1']);
    expect(host.items[0]?.ingress.packets).toBeGreaterThanOrEqual(body.ingress.packets);
  });

  it('adopts no bridge and leaves nothing', async () => {
    expect(onHost(1, 'ip', '-o', 'link')).not.toContain('nyv');
    for (const name of ['e1', 'e2']) await deployment.remove(`/v1/endpoints/${name}`);
    for (const number of [1, 2]) {
      expect(onHost(number, 'ip', '-o', 'link', 'show', 'type', 'macvlan')).toBe('');
      expect(outcome([...enter(number), 'ip', '-o', 'link'])).not.toContain('eth0');
    }
    await deployment.remove('/v1/networks/lan');
  });
});

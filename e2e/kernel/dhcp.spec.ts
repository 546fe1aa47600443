import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, Deployment, DhcpServer, outcome, pings } from '@netyard/testing';

interface Leased {
  lease: { address: string; server: string; obtainedAt: string; state: string } | null;
  addresses: string[];
}

/** Two hosts on one wire with a DHCP server on it, and a macvlan network that leaves addresses to it. */
describe('a macvlan network with addresses by DHCP, across hosts', () => {
  let deployment: Deployment;
  let server: DhcpServer;
  const sandboxes: ApiObject[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    const { wire } = deployment.underlay;
    wire.run('ip', 'address', 'add', '10.40.0.1/24', 'dev', 'underlay');
    server = await DhcpServer.dnsmasq(wire, { link: 'underlay', first: '10.40.0.100', last: '10.40.0.150', gateway: '10.40.0.1' });
    await deployment.create('networks', 'lan', { driver: 'macvlan', options: { parent: 'eth0', addressing: 'dhcp' } });
    for (const number of [1, 2]) {
      sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      await deployment.create('endpoints', `e${number}`, { network: 'lan', sandbox: `s${number}` });
    }
  });
  afterAll(async () => {
    await deployment.close();
    await server.close();
  });

  const enter = (number: number): string[] => deployment.enter(sandboxes[number - 1] as ApiObject);
  const status = async (name: string): Promise<Leased> => (await deployment.get<{ status: Leased }>(`/v1/endpoints/${name}`)).body.status;

  it('shows what each endpoint is leased', async () => {
    const [one, two] = [await status('e1'), await status('e2')];
    expect(one.lease).toMatchObject({ server: '10.40.0.1', state: 'bound' });
    expect(one.addresses).toEqual([`${one.lease?.address}/24`]);
    expect(two.lease?.address).not.toBe(one.lease?.address);
    expect([...server.leases().values()].map(({ name, address }) => `${name} ${address}`).sort()).toEqual([
      `e1 ${one.lease?.address}`,
      `e2 ${two.lease?.address}`,
    ]);
  });

  it('connects them, and answers for leased addresses by name on both hosts', async () => {
    const { lease } = await status('e2');
    expect(outcome([...enter(1), 'ping', '-c1', '-W30', 'e2'])).toContain(`(${lease?.address})`);
    expect(pings(enter(1), 's2.lan')).toBe(true);
    expect(outcome([...enter(2), 'dig', '+short', 'e1']).trim()).toBe((await status('e1')).lease?.address);
  });

  it('asks the name servers of the lease for other names', () => {
    expect(outcome([...enter(1), 'dig', '+short', 'printer.lan.example']).trim()).toBe('203.0.113.9');
  });

  it('keeps the address when a worker is killed, which asks for it again', async () => {
    const before = await status('e1');
    await deployment.kill('worker-h1');
    expect(pings(enter(2), before.lease?.address ?? '')).toBe(true);
    deployment.startWorker('h1');
    await deployment.until('the lease is given anew', async () => {
      const { lease } = await status('e1');
      return lease !== null && lease.obtainedAt > (before.lease?.obtainedAt ?? '');
    });
    expect((await status('e1')).lease?.address).toBe(before.lease?.address);
  });

  it('tells both hosts when an endpoint has another address', async () => {
    const before = await status('e2');
    const known = (): string => outcome([...enter(1), 'dig', '+short', 'e2']).trim();
    await deployment.request('POST', '/v1/endpoints/e2/leave', {}, { prefer: 'wait=60' });
    await server.says(`DHCPRELEASE(underlay) ${before.lease?.address}`);
    expect((await status('e2')).lease).toBeNull();
    await deployment.until('h1 knows it no more', async () => known() === '');
    const joined = await deployment.request('POST', '/v1/endpoints/e2/join', { sandbox: 's2' }, { prefer: 'wait=60' });
    expect(joined.status).toBe(200);
    const { lease } = await status('e2');
    await deployment.until(`h1 knows it as ${lease?.address}`, async () => known() === lease?.address);
  });

  it('gives everything back and leaves nothing', async () => {
    const leases = [await status('e1'), await status('e2')].map(({ lease }) => lease?.address);
    await deployment.remove('/v1/sandboxes/s1');
    await deployment.remove('/v1/endpoints/e2');
    for (const address of leases) await server.says(`DHCPRELEASE(underlay) ${address}`);
    // It may have said the same before, of the same address.
    await deployment.until('the server has all of them back', async () => server.leases().size === 0);
    await deployment.remove('/v1/networks/lan');
  });
});

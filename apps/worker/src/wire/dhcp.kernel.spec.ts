import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Desired, DesiredEndpoint, Lease } from '@netyard/contracts';
import { DhcpServer, type DhcpWire } from '@netyard/testing';
import { clientId } from '../dhcp/client-command';
import { endpoint, onWire, sandbox } from '../testing/desired';
import { clientsOf } from '../testing/dhcp-clients';
import { WireHost } from '../testing/wire-host';

const network = onWire('macvlan', 1, { mode: 'bridge', addressing: 'dhcp' }, { subnets: [], hostAddresses: [], hostMac: null });
const dhcpEndpoint = (number: number, over: Partial<DesiredEndpoint> = {}): DesiredEndpoint =>
  endpoint(number, 1, { addresses: [], ...over });
const one = dhcpEndpoint(1);
const two = dhcpEndpoint(2);
const hundreds: DhcpWire = { link: 'lan', first: '198.18.1.100', last: '198.18.1.150', gateway: '198.18.1.1' };
const twoHundreds: DhcpWire = { ...hundreds, first: '198.18.1.200', last: '198.18.1.210' };
const all = [network, sandbox(1), sandbox(2), one, two];

describe('a macvlan network with addresses by DHCP', () => {
  let wire: WireHost;
  let server: DhcpServer | undefined;
  let standing: Desired[] = [];

  beforeAll(async () => {
    wire = await WireHost.start();
    wire.host.snapshot();
  });
  afterAll(() => wire.close());
  afterEach(async () => {
    const going = standing.map((object) => ({ ...object, generation: 9, deleted: true }) as Desired);
    standing = [];
    wire.host.upsert(...going);
    await wire.host.gone(...going);
    await expect.poll(() => [clientsOf(one.id), clientsOf(two.id)]).toEqual([[], []]);
    await server?.close();
    server = undefined;
  });

  const realise = async (...objects: Desired[]): Promise<void> => {
    standing = objects;
    await wire.host.realise(...objects);
  };
  const leaseOf = ({ id }: DesiredEndpoint): Lease | null | undefined => wire.host.reports.get(id)?.lease;
  const leased = ({ id }: DesiredEndpoint) => wire.host.reports.get(id)?.conditions.find(({ type }) => type === 'Leased');
  /** All that was ever told of its lease: what passes may be past when it is looked at. */
  const toldOf = ({ id }: DesiredEndpoint): string[] =>
    wire.host.messages
      .flatMap((message) => (message.type === 'report' ? message.objects : []))
      .filter((report) => report.id === id)
      .map(({ lease, conditions }) => {
        const condition = conditions.find(({ type }) => type === 'Leased');
        return `${lease?.state} ${condition?.status} ${condition?.reason}`;
      });
  const addresses = (number: number): string[] =>
    wire.host
      .inSandbox<{ addr_info: { local: string; prefixlen: number }[] }>(number, '-4', 'address', 'show', 'eth0')
      .flatMap((link) => link.addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`));

  it('has what the server leases: address, gateway, names', async () => {
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await realise(...all);
    const lease = leaseOf(one);
    expect(lease).toMatchObject({
      address: expect.stringMatching(/^198\.18\.1\.1\d\d$/),
      prefixLength: 24,
      gateway: '198.18.1.1',
      server: '198.18.1.1',
      dns: ['198.18.1.1'],
      domain: 'lan.example',
      state: 'bound',
    });
    expect(Date.parse(lease?.expiresAt ?? '') - Date.parse(lease?.obtainedAt ?? '')).toBe(120_000);
    expect(addresses(1)).toEqual([`${lease?.address}/24`]);
    expect(server.leases().get(clientId(one.id))).toEqual({ address: lease?.address, name: 'endpoint-1' });
    expect(leaseOf(two)?.address).not.toBe(lease?.address);
    expect(wire.host.pings(1, '203.0.113.1')).toBe(true);
    const dig = (...question: string[]): string =>
      wire.host.runInSandbox(1, 'dig', '+short', '+tries=1', '+time=20', '@127.0.0.11', ...question).trim();
    expect(dig('endpoint-2')).toBe(leaseOf(two)?.address);
    expect(dig('-x', leaseOf(two)?.address ?? '')).toContain('endpoint-2.');
    expect(dig('printer.lan.example')).toBe('203.0.113.9');
    expect(readFileSync(`${wire.host.netnsEtcDirectory}/ny-00000001/resolv.conf`, 'utf8')).toContain('search lan.example');
  });

  it('runs clients without a privilege that they do not need', async () => {
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await realise(network, sandbox(1), one);
    const [pid] = clientsOf(one.id);
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const netRawAndBindService = '0000000000002400';
    for (const set of ['CapPrm', 'CapEff', 'CapBnd']) expect(status).toMatch(new RegExp(`^${set}:\\s${netRawAndBindService}$`, 'm'));
    expect(status).toMatch(/^NoNewPrivs:\s1$/m);
  });

  it('gives the lease back when an endpoint leaves, and when its sandbox goes', async () => {
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await realise(...all);
    const [first, second] = [leaseOf(one)?.address, leaseOf(two)?.address];
    const left: DesiredEndpoint = { ...one, generation: 2, sandboxId: null };
    wire.host.upsert(left);
    await wire.host.gone(left);
    await server.says(`DHCPRELEASE(lan) ${first}`);
    // It says so before it writes.
    const held = (): string[] => [...(server?.leases().keys() ?? [])];
    await expect.poll(held).toEqual([clientId(two.id)]);
    const going = [{ ...two, generation: 2, deleted: true }, sandbox(2, { generation: 2, deleted: true })];
    wire.host.upsert(...going);
    await wire.host.gone(...going);
    await server.says(`DHCPRELEASE(lan) ${second}`);
    await expect.poll(held).toEqual([]);
    expect(wire.host.hasSandbox(sandbox(2).id)).toBe(false);
    standing = [network, sandbox(1)];
  });

  it('keeps address and lease when the worker is killed, whose client goes with it', async () => {
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await realise(network, sandbox(1), one);
    const before = leaseOf(one);
    const [client] = clientsOf(one.id);
    await recordWritten();
    const monitor = spawn('nsenter', [`--net=${wire.host.sandboxPath(sandbox(1).id)}`, 'ip', 'monitor', 'address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let changes = '';
    monitor.stdout.on('data', (text: Buffer) => (changes += text));
    await wire.host.kill();
    wire.host.startProcess();
    wire.host.snapshot(network, sandbox(1), one);
    await wire.host.until('the lease is given anew', () => (leaseOf(one)?.obtainedAt ?? '') > (before?.obtainedAt ?? ''));
    expect(leaseOf(one)?.address).toBe(before?.address);
    expect(addresses(1)).toEqual([`${before?.address}/24`]);
    await expect.poll(() => clientsOf(one.id).map((pid) => pid !== client)).toEqual([true]);
    monitor.kill();
    await once(monitor, 'exit');
    expect(changes).not.toContain('Deleted');
  });

  it('starts a client again that dies, and keeps the address meanwhile', async () => {
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await realise(network, sandbox(1), one);
    const before = leaseOf(one);
    const [client = 0] = clientsOf(one.id);
    process.kill(client, 'SIGKILL');
    await wire.host.until('the lease is given anew', () => (leaseOf(one)?.obtainedAt ?? '') > (before?.obtainedAt ?? ''));
    expect(leaseOf(one)?.address).toBe(before?.address);
    await expect.poll(() => clientsOf(one.id)).toHaveLength(1);
    expect(leased(one)).toMatchObject({ status: 'True', reason: 'Bound' });
  });

  it('asks by another client when somebody has taken the interface away', async () => {
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await realise(network, sandbox(1), one);
    const [client] = clientsOf(one.id);
    wire.host.runInSandbox(1, 'ip', 'link', 'delete', 'eth0');
    await wire.host.realise({ ...one, generation: 2 });
    await expect.poll(() => clientsOf(one.id).map((pid) => pid !== client)).toEqual([true]);
    await expect.poll(() => addresses(1)).toEqual([`${leaseOf(one)?.address}/24`]);
  });

  it('is not Ready as long as no server answers, and is once one does', async () => {
    standing = [network, sandbox(1), one];
    wire.host.upsert(...standing);
    await wire.host.until('it says so', () => leased(one)?.reason === 'NoServer');
    expect(leased(one)).toMatchObject({ status: 'False', message: expect.stringContaining('no DHCP server answers on eth0') });
    expect(wire.host.reports.get(one.id)?.conditions.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'LinkReady True',
      'Leased False',
      'AddressesReady Unknown',
      'RoutesReady Unknown',
      'NamesReady Unknown',
    ]);
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await wire.host.ready(one);
    expect(wire.host.pings(1, '198.18.1.1')).toBe(true);
  });

  it('is extended by its server at half time, told when the server is lost, and ends with its time', async () => {
    server = await DhcpServer.udhcpd(wire.router, twoHundreds, 8);
    await realise(network, sandbox(1), one);
    const before = leaseOf(one);
    await wire.host.until('it is extended', () => (leaseOf(one)?.obtainedAt ?? '') > (before?.obtainedAt ?? ''));
    expect(leaseOf(one)?.address).toBe(before?.address);
    await server.close();
    await wire.host.until('it is told', () => toldOf(one).includes('renewing True Renewing'));
    await wire.host.until('it ends', () => leased(one)?.reason === 'Expired');
    expect(leased(one)?.message).toMatch(
      new RegExp(`^the lease of ${before?.address} ended at .*, and server 198\\.18\\.1\\.1 has not extended it$`),
    );
    expect(addresses(1)).toEqual([]);
    server = await DhcpServer.udhcpd(wire.router, twoHundreds, 60);
    await wire.host.ready(one);
    expect(addresses(1)).toEqual([`${leaseOf(one)?.address}/24`]);
  });

  it('takes another address when the server refuses the one that it had', async () => {
    server = await DhcpServer.udhcpd(wire.router, twoHundreds, 8);
    await realise(network, sandbox(1), one);
    expect(leaseOf(one)?.address).toMatch(/^198\.18\.1\.2\d\d$/);
    await server.close();
    server = await DhcpServer.dnsmasq(wire.router, hundreds);
    await wire.host.until('it is refused', () => toldOf(one).some((told) => told.endsWith(' Refused')));
    await wire.host.ready(one);
    expect(leaseOf(one)?.address).toMatch(/^198\.18\.1\.1\d\d$/);
    expect(addresses(1)).toEqual([`${leaseOf(one)?.address}/24`]);
  });

  /** The record of leases may lag behind. */
  async function recordWritten(): Promise<void> {
    const path = `${wire.host.stateDirectory}/${wire.host.namespace.name}.leases.json`;
    await expect.poll(() => readOrNothing(path)).toContain(leaseOf(one)?.address);
  }
});

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredEndpoint, Lease } from '@netyard/contracts';
import { DhcpServer } from '@netyard/testing';
import { clientId } from '../dhcp/client-command';
import { endpoint, onWire, sandbox } from '../testing/desired';
import { clientsOf } from '../testing/dhcp-clients';
import { WireHost } from '../testing/wire-host';

const network = onWire('ipvlan', 1, { mode: 'l2', flag: 'bridge', addressing: 'dhcp' }, { subnets: [], hostAddresses: [], hostMac: null });
const [one, two] = [1, 2].map((number) => endpoint(number, 1, { addresses: [], macAddress: null })) as [DesiredEndpoint, DesiredEndpoint];

describe('an ipvlan network with addresses by DHCP', () => {
  let wire: WireHost;
  let server: DhcpServer;

  beforeAll(async () => {
    wire = await WireHost.start();
    server = await DhcpServer.dnsmasq(wire.router, { link: 'lan', first: '198.18.1.100', last: '198.18.1.150', gateway: '198.18.1.1' });
    wire.host.snapshot(network, sandbox(1), sandbox(2), one, two);
    await wire.host.ready(network, sandbox(1), sandbox(2), one, two);
  });
  afterAll(async () => {
    await wire.host.kill();
    await wire.close();
    await server.close();
  });

  const leaseOf = ({ id }: DesiredEndpoint): Lease | null | undefined => wire.host.reports.get(id)?.lease;

  it('leases each endpoint an address of its own, though they share a MAC address', () => {
    expect(leaseOf(one)?.address).not.toBe(leaseOf(two)?.address);
    for (const each of [one, two]) expect(server.leases().get(clientId(each.id))).toMatchObject({ address: leaseOf(each)?.address });
    expect(wire.host.pings(1, '198.18.1.1')).toBe(true);
    expect(wire.host.pings(2, leaseOf(one)?.address ?? '')).toBe(true);
  });

  it('keeps the address when the worker is killed, and asks for it again', async () => {
    const [before, other] = [leaseOf(one), leaseOf(two)];
    await wire.host.kill();
    wire.host.startProcess();
    wire.host.snapshot(network, sandbox(1), sandbox(2), one, two);
    await wire.host.until('both leases are given anew', () =>
      [before, other].every((former, index) => (leaseOf(index ? two : one)?.obtainedAt ?? '') > (former?.obtainedAt ?? '')),
    );
    expect([leaseOf(one)?.address, leaseOf(two)?.address]).toEqual([before?.address, other?.address]);
  });

  it('gives the leases back', async () => {
    const addresses = [one, two].map((each) => leaseOf(each)?.address);
    const going = [network, sandbox(1), sandbox(2), one, two].map((object) => ({ ...object, generation: 2, deleted: true }));
    wire.host.upsert(...going);
    await wire.host.gone(...going);
    for (const address of addresses) await server.says(`DHCPRELEASE(lan) ${address}`);
    expect([clientsOf(one.id), clientsOf(two.id)]).toEqual([[], []]);
    expect(wire.host.links()).toEqual([]);
  });
});

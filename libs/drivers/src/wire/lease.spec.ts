import type { Lease } from '@netyard/contracts';
import { describe, expect, it } from 'vitest';
import { describeObjects } from '../describe';
import { aNetwork, anEndpoint, aSandbox } from '../fixture';
import { ipvlanDriver } from '../ipvlan';
import { macvlanDriver } from '../macvlan';
import { withLease } from './lease';
import { usesDhcp } from './parent';

const lease: Lease = {
  address: '192.0.2.57',
  prefixLength: 24,
  gateway: '192.0.2.1',
  server: '192.0.2.2',
  dns: ['192.0.2.3'],
  domain: 'lan.example',
  obtainedAt: '2026-01-02T03:04:05.000Z',
  renewAt: '2026-01-02T03:34:05.000Z',
  expiresAt: '2026-01-02T04:04:05.000Z',
  state: 'bound',
};

describe.each([macvlanDriver, ipvlanDriver])('driver $name with addresses by DHCP', (driver) => {
  const network = aNetwork({ driver: driver.name, options: { parent: 'eth1', addressing: 'dhcp' }, subnets: [] });
  const joined = { network, sandbox: aSandbox(), endpoint: anEndpoint({ addresses: [] }) };
  const plan = (held: Lease | undefined): string[] => {
    const leased = withLease(joined, held);
    return describeObjects([...driver.join(leased).slice(1), ...driver.defaultRoutes(leased)]);
  };

  it('joins by a bare link as long as there is no lease', () => {
    expect(usesDhcp(network)).toBe(true);
    expect(driver.join(withLease(joined, undefined))).toHaveLength(1);
    expect(plan(undefined)).toEqual([]);
  });

  it('adds address and default route as the lease says', () => {
    const { id } = joined.sandbox;
    expect(plan(lease)).toEqual([`ip -n ${id} addr add 192.0.2.57/24 dev eth0`, `ip -n ${id} route add 0.0.0.0/0 via 192.0.2.1 dev eth0`]);
    expect(plan({ ...lease, gateway: null })).toEqual([`ip -n ${id} addr add 192.0.2.57/24 dev eth0`]);
  });

  it('asks the name servers of network and lease, in that order', () => {
    const named = { ...joined, network: { ...network, dns: { ...network.dns, search: ['example'], servers: ['203.0.113.53'] } } };
    expect(withLease(named, lease).network.dns).toMatchObject({
      search: ['example', 'lan.example'],
      servers: ['203.0.113.53', '192.0.2.3'],
    });
  });
});

import type { DriverName, DriverOptions } from '@netyard/contracts';
import { usesDhcp } from '@netyard/drivers';
import { describeDriver } from '../drivers/driver-options';
import { fieldError } from '../objects/object-row';
import type { CreateNetworkSpecDto } from './network.dto';

/** Whether Netyard gives the endpoints their addresses, from subnets of the network. */
export const givesAddresses = ({ driver, options }: { driver: DriverName; options: DriverOptions }): boolean =>
  describeDriver(driver).hasSubnets && !usesDhcp({ options });

/** Whether the subnets have gateways: in the l3 modes of ipvlan there is no ARP by which one could be found. */
export const hasGateways = ({ driver, options }: { driver: DriverName; options: DriverOptions }): boolean =>
  driver !== 'ipvlan' || options['mode'] === 'l2';

/** Checks what a network asks for whose endpoints have their addresses by DHCP. Throws NetyardError. */
export function assertDhcp(
  { driver, subnets, ipv6, internal }: CreateNetworkSpecDto,
  options: DriverOptions,
  pointer: (path: string) => string,
): void {
  if (!usesDhcp({ options })) return;
  if (driver === 'ipvlan' && options['mode'] !== 'l2')
    throw fieldError(
      'invalid-value',
      `addresses by DHCP need mode l2: in mode ${options['mode']} there are no broadcasts, by which clients find servers`,
      pointer('/spec/options/addressing'),
    );
  if (options['parent'] === undefined && internal)
    throw fieldError(
      'invalid-value',
      'addresses by DHCP need option parent: without it the network ends with its host, and nobody there serves them',
      pointer('/spec/options/addressing'),
    );
  if (subnets?.length)
    throw fieldError(
      'invalid-value',
      'the network can have no subnets of its own: option addressing leaves addresses to a DHCP server on the wire',
      pointer('/spec/subnets'),
    );
  if (ipv6)
    throw fieldError(
      'invalid-value',
      'the network can have no IPv6 subnet: option addressing leaves addresses to a DHCP server on the wire, which leases IPv4 addresses',
      pointer('/spec/ipv6'),
    );
  if (options['hostShim'] === true)
    throw fieldError(
      'invalid-value',
      'a host shim needs an address in each subnet of the network, and with addresses by DHCP there is none',
      pointer('/spec/options/hostShim'),
    );
}

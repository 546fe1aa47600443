import type { Endpoint } from '@netyard/api-client';
import type { Inventory, NetworkRow, SandboxRow } from '../inventory/inventory';
import { joinPlan as text } from '../../messages/topology';

/** One thing that a join does, or changes for others. */
export interface PlanLine {
  name: string;
  value: string;
}

/** As many names as are read at a glance. */
const named = 3;

/** What creating the endpoint would do, told from the API's preview and from what there is: what is made, on which host, and whom it concerns. */
export function joinPlan(preview: Endpoint, network: NetworkRow, sandbox: SandboxRow, { endpoints }: Inventory): PlanLine[] {
  const { addresses, gateways, macAddress, interfaceName } = preview.status;
  const host = sandbox.hostName;
  const isFirstOnHost = !network.hostNames.includes(host);
  const others = endpoints.filter(({ networkName, sandboxName }) => networkName === network.name && sandboxName !== null);
  const reached = acrossHosts.has(network.object.spec.driver) ? others : others.filter(({ hostName }) => hostName === host);
  return [
    { name: text.host, value: host },
    {
      name: text.made,
      value: [madeBy[network.object.spec.driver]?.(interfaceName ?? '') ?? '', isFirstOnHost ? text.firstOnHost(network.name, host) : '']
        .filter(Boolean)
        .join('; '),
    },
    { name: text.addresses, value: addresses.join(', ') },
    { name: text.macAddress, value: macAddress ?? '' },
    { name: text.gateway, value: gatewayLine(gateways, sandbox) },
    {
      name: text.reaches,
      value:
        reached.length === 0
          ? text.nobody
          : text.names(
              reached.slice(0, named).map(({ name }) => name),
              reached.length,
            ),
    },
  ].filter(({ value }) => value !== '');
}

/** Drivers whose endpoints reach each other across hosts. */
const acrossHosts: ReadonlySet<string> = new Set(['overlay', 'macvlan', 'ipvlan']);

const madeBy: Record<string, (interfaceName: string) => string> = {
  bridge: text.vethPair,
  overlay: text.vethPair,
  macvlan: (name) => text.sublink('macvlan', name),
  ipvlan: (name) => text.sublink('ipvlan', name),
};

/** Without another endpoint the sandbox gets its default route from this one; with others, priorities decide. */
function gatewayLine(gateways: readonly string[], { endpoints }: SandboxRow): string {
  const [gateway] = gateways;
  if (gateway === undefined) return '';
  return endpoints.length === 0 ? text.gatewayUsed(gateway) : text.gatewayBeside(gateway, endpoints.length);
}

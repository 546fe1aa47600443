import type { DesiredSandbox } from '@netyard/contracts';
import type { Namespace, RouteSocket } from '@netyard/netlink';
import type { Firewall } from '../firewall/firewall';
import type { RouterNamespaces } from '../routers/router-namespaces';
import type { SandboxNamespaces } from '../sandboxes/sandbox-namespaces';
import type { WireguardSettings } from './wireguard';

/** What an applier works with. */
export interface ApplierParts {
  /** Of the router that it works in. */
  socket: RouteSocket;
  firewall: Firewall;
  /** That router's namespace; null: the host's own. */
  here: Namespace | null;
  /** Of the host's own namespace: what tunnels send leaves by that. */
  underlay: RouteSocket;
  sandboxes: SandboxNamespaces;
  namespaces: RouterNamespaces;
  wireguard: WireguardSettings;
  sandboxById(id: string): DesiredSandbox | undefined;
}

/** Throws when the host does not know the sandbox. */
export function sandboxOf(parts: ApplierParts, id: string): DesiredSandbox {
  const sandbox = parts.sandboxById(id);
  if (!sandbox) throw new Error(`sandbox ${id} is not known on this host`);
  return sandbox;
}

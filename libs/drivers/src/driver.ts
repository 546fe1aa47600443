import type {
  DesiredEndpoint,
  DesiredNetwork,
  DesiredPeer,
  DesiredPort,
  DesiredSandbox,
  DriverDescription,
  DriverName,
} from '@netyard/contracts';
import type { KernelObject } from './kernel-object';

/** An endpoint together with what it connects. */
export interface Joined {
  network: DesiredNetwork;
  sandbox: DesiredSandbox;
  endpoint: DesiredEndpoint;
}

/** An endpoint on another host together with its network. */
export interface Remote {
  network: DesiredNetwork;
  peer: DesiredPeer;
}

/**
 * How a network is realised on a host. Verbs are pure: they return the kernel objects that must stand, in the order in which they are made;
 * taking away is the same list backwards. A driver keeps no state and makes no choices: the desired state holds them all.
 */
export interface Driver {
  name: DriverName;
  description: DriverDescription;
  /** What stands in the host's own namespace so that the network reaches other hosts, wherever the network itself is; nothing for drivers without tunnels. */
  underlay(network: DesiredNetwork): KernelObject[];
  /** What stands in the network's router while it is realised on the host. */
  network(network: DesiredNetwork): KernelObject[];
  /** What stands while the endpoint is joined, default routes apart. Throws NetyardError when sandbox and driver do not go together. */
  join(joined: Joined): KernelObject[];
  /** The default routes that the sandbox gets through this endpoint, when it is the one that gives them; none on internal networks. */
  defaultRoutes(joined: Joined): KernelObject[];
  /** What stands so that a peer on another host is reached; nothing for drivers whose networks end with their host. */
  reach(network: DesiredNetwork, peer: DesiredPeer): KernelObject[];
  /** What stands while a port of the joined endpoint is published. Throws NetyardError when the endpoint cannot have it. */
  publish(joined: Joined, port: DesiredPort): KernelObject[];
  /** What stands while a port of an endpoint on another host is published on this one. Throws NetyardError for drivers whose networks this host has no way into. */
  relay(remote: Remote, port: DesiredPort): KernelObject[];
}

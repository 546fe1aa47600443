import {
  sandboxNamespaceName,
  vethLinkName,
  wireLinkName,
  type DesiredEndpoint,
  type DesiredKey,
  type DesiredNetwork,
  type DesiredPeer,
  type DesiredPolicy,
  type DesiredPort,
  type DesiredRouter,
  type DesiredSandbox,
} from '@netyard/contracts';
import { driverFor, type Joined, type KernelObject, type Remote, type Step } from '@netyard/drivers';
import { keyObjects } from '../encryption/peers';
import { chooseDefaultRoutes } from './default-routes';
import { difference, type Observed, type Standing } from './difference';

/** An object of the desired state with what is to be done for it; steps stand and fall together. */
export interface Work<
  Subject = DesiredRouter | DesiredNetwork | DesiredSandbox | DesiredEndpoint | DesiredPeer | DesiredKey | DesiredPort | DesiredPolicy,
> {
  subject: Subject;
  steps: Step[];
}

/** A sandbox of which something is touched: all of its joins, those among them that are touched, and what stands. */
export interface TouchedSandbox {
  sandbox: DesiredSandbox;
  /** Every endpoint that is to be joined, whether touched or not; they compete for the default route. */
  joins: Joined[];
  touched: Set<string>;
  /** Links and addresses of the touched endpoints, and Netyard's default routes in the sandbox. */
  observed: Observed;
}

/** What stands of an endpoint that is to leave, or of a network or sandbox that is to go. */
export interface Leaving<Subject> {
  subject: Subject;
  observed: Observed;
}

/** The kernel objects that a network needs in its router, which has the tunnels' ground too if it is the host's own namespace. */
export const networkObjects = (network: DesiredNetwork): KernelObject[] => [
  ...(network.routerId === null ? underlayObjects(network) : []),
  ...driverFor(network.driver).network(network),
];

/** Those that it needs in the host's own namespace, wherever it is. */
export const underlayObjects = (network: DesiredNetwork): KernelObject[] => driverFor(network.driver).underlay(network);

/** The kernel objects that a sandbox is; none if it is adopted or the host's own stack. */
export function sandboxObjects({ id, namespace }: DesiredSandbox): KernelObject[] {
  return namespace.type === 'managed'
    ? [
        { kind: 'namespace', sandboxId: id, name: sandboxNamespaceName(id) },
        { kind: 'loopback', sandboxId: id },
      ]
    : [];
}

export const planNetwork = (subject: DesiredNetwork, observed: Observed): Work<DesiredNetwork> => ({
  subject,
  steps: difference(networkObjects(subject), observed),
});

/** Of a network of a router that is not the host's own namespace. */
export const planUnderlay = (subject: DesiredNetwork, observed: Observed): Work<DesiredNetwork> => ({
  subject,
  steps: difference(underlayObjects(subject), observed),
});

export const planSandbox = (subject: DesiredSandbox, observed: Observed): Work<DesiredSandbox> => ({
  subject,
  steps: difference(sandboxObjects(subject), observed),
});

/** Where a port leads: to an endpoint of this host, or of another one. */
export type Published = Joined | Remote;

/** The kernel objects by which a port is published on this host. */
export const portObjects = (port: DesiredPort, published: Published): KernelObject[] => {
  const driver = driverFor(published.network.driver);
  return 'peer' in published ? driver.relay(published, port) : driver.publish(published, port);
};

export const planPort = (subject: DesiredPort, published: Published, observed: Observed): Work<DesiredPort> => ({
  subject,
  steps: difference(portObjects(subject, published), observed),
});

/** The kernel objects by which a peer is reached. */
export const peerObjects = (peer: DesiredPeer, network: DesiredNetwork): KernelObject[] => driverFor(network.driver).reach(network, peer);

export const planPeer = (subject: DesiredPeer, network: DesiredNetwork, observed: Observed): Work<DesiredPeer> => ({
  subject,
  steps: difference(peerObjects(subject, network), observed),
});

export const planKey = (subject: DesiredKey, observed: Observed): Work<DesiredKey> => ({
  subject,
  steps: difference(keyObjects(subject), observed),
});

/** Everything that stands is taken away. */
export const planRemoval = <Subject>({ subject, observed }: Leaving<Subject>): Work<Subject> => ({
  subject,
  steps: difference([], observed),
});

/** Joins of one sandbox, and the routes that have to go before any of them is made. */
export interface SandboxPlan {
  staleRoutes: Step[];
  joins: Work<DesiredEndpoint>[];
  /** Endpoints that cannot be joined, with the driver's objection. */
  refused: { subject: DesiredEndpoint; error: unknown }[];
}

/**
 * Plans the joins of a sandbox. A default route that changes hands is taken away first, so that the endpoint that gives it now can add its own;
 * that endpoint gets a work even if it was not touched.
 */
export function planSandboxJoins({ joins, touched, observed }: TouchedSandbox): SandboxPlan {
  const { fit, refused } = fitJoins(joins, touched);
  const given = chooseDefaultRoutes(fit.map(({ joined }) => joined));
  const routeSteps = difference(
    given.map(({ route }) => route),
    only(observed, ({ object }) => object.kind === 'route' && object.place.in === 'sandbox'),
  );
  const works = new Map<string, Work<DesiredEndpoint>>();
  for (const { joined, objects } of fit) {
    if (!touched.has(joined.endpoint.id)) continue;
    const steps = difference(
      objects,
      only(observed, (standing) => isOf(standing, joined.endpoint)),
    );
    works.set(joined.endpoint.id, { subject: joined.endpoint, steps });
  }
  for (const { joined, route } of routesToAdd(routeSteps, given, works)) {
    const work = works.get(joined.endpoint.id) ?? { subject: joined.endpoint, steps: [] };
    work.steps.push({ verb: 'add', object: route });
    works.set(joined.endpoint.id, work);
  }
  return { staleRoutes: routeSteps.filter(({ verb }) => verb === 'remove'), joins: [...works.values()], refused };
}

const only = (observed: Observed, matches: (standing: Standing) => boolean): Observed =>
  new Map([...observed].filter(([, standing]) => matches(standing)));

const isOf = ({ object }: Standing, { id, interfaceName, addresses }: DesiredEndpoint): boolean =>
  (object.kind === 'shaping' && object.link === vethLinkName(id)) ||
  (object.kind === 'rule-element' && object.owner === vethLinkName(id)) ||
  (object.kind === 'veth' && object.name === vethLinkName(id)) ||
  ((object.kind === 'macvlan' || object.kind === 'ipvlan') && (object.name === interfaceName || object.name === wireLinkName(id))) ||
  (object.kind === 'route' && object.place.in === 'host' && addresses.some((address) => plain(address) === plain(object.destination))) ||
  (object.kind === 'address' && object.link === interfaceName);

/** Without prefix length. */
const plain = (text: string): string => text.slice(0, text.indexOf('/'));

/** Kinds of links by which endpoints are joined. */
const endpointLinks = new Set<KernelObject['kind']>(['veth', 'macvlan', 'ipvlan']);

/** Drivers object to some joins: those endpoints are left out, and the others go on. */
function fitJoins(joins: Joined[], touched: Set<string>) {
  const fit: { joined: Joined; objects: KernelObject[] }[] = [];
  const refused: SandboxPlan['refused'] = [];
  for (const joined of joins) {
    try {
      fit.push({ joined, objects: driverFor(joined.network.driver).join(joined) });
    } catch (error) {
      if (touched.has(joined.endpoint.id)) refused.push({ subject: joined.endpoint, error });
    }
  }
  return { fit, refused };
}

/** Routes that are missing, and those that stand but vanish with a link that is made anew. */
function routesToAdd(routeSteps: Step[], given: ReturnType<typeof chooseDefaultRoutes>, works: Map<string, Work<DesiredEndpoint>>) {
  const missing = new Set(routeSteps.filter(({ verb }) => verb === 'add').map(({ object }) => object));
  return given.filter(
    ({ joined, route }) =>
      missing.has(route) ||
      works.get(joined.endpoint.id)?.steps.some(({ verb, object }) => verb === 'remove' && endpointLinks.has(object.kind)),
  );
}

import { nested, text } from './attribute';
import * as c from './constants';
import { linkHeader } from './link-ref';
import { request, type NetlinkRequest } from './message';
import { inScratchNamespace } from './namespace';
import { addNetem } from './qdiscs';
import { RouteSocket } from './route-socket';

/** Kinds of links that not every kernel has (`ip link add … type KIND`). */
const linkKinds = ['macvlan', 'ipvlan', 'vlan', 'vxlan', 'wireguard', 'ifb'] as const;

export type KernelFeature = (typeof linkKinds)[number] | 'netem';

const loopbackIndex = 1;

/**
 * What the running kernel can do beyond bridges and veth pairs, modules that it loads on demand included: tried in a namespace that goes at once. A link of a kind that the
 * kernel lacks is refused with EOPNOTSUPP before anything else of the request is looked at, a queueing discipline with ENOENT (net/core/rtnetlink.c,
 * net/sched/sch_api.c); any other refusal means that it is there. Throws KernelError EPERM.
 */
export function kernelFeatures(): KernelFeature[] {
  return inScratchNamespace(() => {
    const socket = RouteSocket.open();
    try {
      const refusals = socket.batch([...linkKinds.map(addBareLink), addNetem(loopbackIndex)]);
      const names = [...linkKinds, 'netem'] as const;
      return names.filter((_, index) => !['EOPNOTSUPP', 'ENOENT'].includes(refusals[index]?.errnoName ?? ''));
    } finally {
      socket.close();
    }
  });
}

/** A link of a kind, with nothing said of it: for most kinds too little, which is refused by their own code. */
const addBareLink = (kind: string): NetlinkRequest =>
  request(`ip link add try-${kind} type ${kind}`, c.RTM_NEWLINK, c.NLM_F_CREATE | c.NLM_F_EXCL, linkHeader(), [
    text(c.IFLA_IFNAME, `try-${kind}`),
    nested(c.IFLA_LINKINFO, [text(c.IFLA_INFO_KIND, kind)]),
  ]);

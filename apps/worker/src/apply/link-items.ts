import { ownedLinkGroup } from '@netyard/contracts';
import {
  inSandbox,
  type AddressObject,
  type BridgeObject,
  type IpvlanObject,
  type MacvlanObject,
  type Step,
  type StubObject,
  type UplinkObject,
  type VethObject,
  type VlanObject,
  type VxlanObject,
  type WireguardObject,
} from '@netyard/drivers';
import {
  addBridge,
  addIpvlan,
  addMacvlan,
  addVeth,
  addVlan,
  addVxlan,
  addWireguard,
  getLink,
  Namespace,
  setBridgePort,
  setLink,
  type KernelError,
} from '@netyard/netlink';
import type { Item, Job } from './job';
import { linkIndex } from './link-index';
import { explainSublink } from './parent';
import { sandboxOf, type ApplierParts } from './parts';
import { birthName } from './sandbox-items';
import { shaperItems } from './shaping-items';

/** The messages that make the links of a router, for one run of the applier: it holds the namespaces that links lead into open until `close`. */
export class LinkItems {
  readonly #namespaces = new Map<string, Namespace>();
  readonly #bridges = new Map<string, number>();

  constructor(private readonly parts: ApplierParts) {}

  close(): void {
    for (const namespace of this.#namespaces.values()) namespace.close();
  }

  /** Links that need no other one, or one that stands already. */
  first(job: Job, step: Step): Item[] {
    const { verb, object } = step;
    if (verb === 'remove') return [];
    switch (object.kind) {
      case 'bridge':
        return this.#bridge(job, step, object);
      case 'uplink':
        return this.#uplink(job, step, object);
      case 'veth':
        return this.#veth(job, step, object);
      case 'shaping':
        return shaperItems(job, object);
      case 'wireguard':
        return this.#wireguard(job, object);
      case 'stub':
        return this.#stub(job, step, object);
      case 'vlan':
        return this.#vlan(job, step, object);
      case 'hairpin':
        return [{ job, request: setBridgePort(object.link, { isolated: false, hairpin: true }) }];
      default:
        return [];
    }
  }

  /** A tunnel is made by a socket of the host's own namespace, by which its packets leave and come wherever the link is. */
  tunnel(job: Job, step: Step): Item[] {
    const { verb, object } = step;
    const { socket, underlay, here } = this.parts;
    if (verb === 'remove' || object.kind !== 'vxlan' || getLink(socket, object.name)) return [];
    const { name, mtuBytes, vni, localAddress, port, lowerLink } = object;
    const lower = lowerLink === undefined ? {} : { lowerIndex: linkIndex(underlay, lowerLink) };
    const place = here === null ? {} : { namespace: here };
    return [
      {
        job,
        request: addVxlan({ name, vni, localAddress, port, ...lower, mtuBytes, group: ownedLinkGroup, ...place }),
        makes: step,
        explain: (error) => explainVxlan(error, object),
      },
    ];
  }

  /** What needs those links, and the tunnels: the tunnels' settings, and links that stand on another one. */
  second(job: Job, step: Step): Item[] {
    const { verb, object } = step;
    if (verb === 'remove') return [];
    if (object.kind === 'vxlan') return this.#vxlan(job, object);
    return object.kind === 'macvlan' || object.kind === 'ipvlan' ? this.#sublink(job, step, object) : [];
  }

  #bridge(job: Job, step: Step, { name, macAddress, mtuBytes, alias }: BridgeObject): Item[] {
    const first: Item = getLink(this.parts.socket, name)
      ? { job, request: setLink(name, { macAddress, mtuBytes }) }
      : { job, request: addBridge({ name, macAddress, mtuBytes, group: ownedLinkGroup }), makes: step };
    return [first, { job, request: setLink(name, { alias, ipv6AutoAddress: false }) }, { job, request: setLink(name, { up: true }) }];
  }

  /** What stands is only raised: what goes through it now need not begin anew. */
  #uplink(job: Job, step: Step, { name, alias, mtuBytes, macAddress, peer }: UplinkObject): Item[] {
    const up: Item = { job, request: setLink(name, { up: true }) };
    if (getLink(this.parts.socket, name)) return [up];
    const namespace = this.#held(peer.routerId, () => this.parts.namespaces.open(peer.routerId));
    const request = addVeth({
      name,
      mtuBytes,
      macAddress,
      group: ownedLinkGroup,
      peer: { name: peer.name, macAddress: peer.macAddress, namespace },
    });
    return [{ job, request, makes: step }, { job, request: setLink(name, { alias, ipv6AutoAddress: false }) }, up];
  }

  #veth(job: Job, step: Step, { name, alias, mtuBytes, bridge, isolated, hairpin, peer }: VethObject): Item[] {
    const { socket } = this.parts;
    const namespace = this.#namespaceOf(inSandbox(peer.sandboxId)) as Namespace;
    const masterIndex = this.#bridges.get(bridge) ?? linkIndex(socket, bridge);
    this.#bridges.set(bridge, masterIndex);
    // What stands and is to have another MTU only keeps its addresses, routes and connections.
    if (getLink(socket, name)) return [{ job, request: setLink(name, { mtuBytes }) }];
    return [
      {
        job,
        request: addVeth({ name, mtuBytes, group: ownedLinkGroup, peer: { name: peer.name, macAddress: peer.macAddress, namespace } }),
        makes: step,
      },
      { job, request: setLink(name, { alias, masterIndex, ipv6AutoAddress: false }) },
      ...(isolated || hairpin ? [{ job, request: setBridgePort(name, { isolated, hairpin }) }] : []),
      { job, request: setLink(name, { up: true }) },
    ];
  }

  /** What is shared by many networks is not undone with one of them: a link that none of them wants is an orphan. */
  #wireguard(job: Job, { name, alias, mtuBytes }: WireguardObject): Item[] {
    const made: Item[] = getLink(this.parts.socket, name)
      ? []
      : [{ job, request: addWireguard({ name, mtuBytes, group: ownedLinkGroup }), harmless: ['EEXIST'] }];
    return [...made, { job, request: setLink(name, { alias, mtuBytes, ipv6AutoAddress: false }) }];
  }

  #stub(job: Job, step: Step, { name, alias, peer, mtuBytes }: StubObject): Item[] {
    const namespace = this.#held('', () => Namespace.open('/proc/thread-self/ns/net'));
    return [
      { job, request: addVeth({ name, mtuBytes, group: ownedLinkGroup, peer: { name: peer, namespace } }), makes: step },
      ...[name, peer].flatMap((link) => [
        { job, request: setLink(link, { alias, ipv6AutoAddress: false }) },
        { job, request: setLink(link, { up: true }) },
      ]),
    ];
  }

  #vlan(job: Job, step: Step, { name, alias, parent, vlanId }: VlanObject): Item[] {
    const { socket } = this.parts;
    return [
      {
        job,
        request: addVlan({ name, parentIndex: linkIndex(socket, parent), vlanId, group: ownedLinkGroup }),
        makes: step,
        explain: (error) => explainSublink(socket, error, parent),
      },
      { job, request: setLink(name, { alias, ipv6AutoAddress: false }) },
      { job, request: setLink(name, { up: true }) },
    ];
  }

  #vxlan(job: Job, { name, alias, mtuBytes, bridge, isolated }: VxlanObject): Item[] {
    const masterIndex = linkIndex(this.parts.socket, bridge);
    return [
      { job, request: setLink(name, { mtuBytes }) },
      { job, request: setLink(name, { alias, masterIndex, ipv6AutoAddress: false }) },
      { job, request: setBridgePort(name, { isolated, hairpin: false, tunnel: true }) },
      { job, request: setLink(name, { up: true }) },
    ];
  }

  /** One in a sandbox is given its alias and raised there. */
  #sublink(job: Job, step: Step, object: MacvlanObject | IpvlanObject): Item[] {
    const { place, name, parent, mtuBytes } = object;
    const { socket } = this.parts;
    const link = {
      name: place.in === 'sandbox' ? birthName(object) : name,
      parentIndex: linkIndex(socket, parent),
      mtuBytes: mtuBytes ?? undefined,
      group: ownedLinkGroup,
      namespace: this.#namespaceOf(place),
    };
    const request =
      object.kind === 'macvlan'
        ? addMacvlan({ ...link, mode: object.mode, macAddress: object.macAddress ?? undefined })
        : addIpvlan({ ...link, mode: object.mode, flag: object.flag });
    const made: Item = { job, request, makes: step, explain: (error) => explainSublink(socket, error, parent) };
    if (place.in === 'sandbox') return [made];
    return [
      made,
      { job, request: setLink(name, { alias: object.alias, ipv6AutoAddress: false }) },
      { job, request: setLink(name, { up: true }) },
    ];
  }

  #namespaceOf(place: AddressObject['place']): Namespace | undefined {
    if (place.in === 'host') return undefined;
    return this.#held(place.sandboxId, () => this.parts.sandboxes.open(sandboxOf(this.parts, place.sandboxId)));
  }

  #held(key: string, open: () => Namespace): Namespace {
    const namespace = this.#namespaces.get(key) ?? open();
    this.#namespaces.set(key, namespace);
    return namespace;
  }
}

/** The kernel says no more than that something is in use. */
function explainVxlan(error: KernelError, { vni, port }: Pick<VxlanObject, 'vni' | 'port'>): Error {
  const cause =
    error.errnoName === 'EEXIST'
      ? `VNI ${vni} at UDP port ${port} is used by another link of the host`
      : error.errnoName === 'EADDRINUSE'
        ? `another process of the host has UDP port ${port}`
        : undefined;
  return cause === undefined ? error : Object.assign(new Error(`${cause}: ${error.message}`, { cause: error }), { name: 'TunnelInUse' });
}

import { ownedLinkGroup, parseOwnerAlias, wireLinkName, type DesiredSandbox } from '@netyard/contracts';
import {
  inSandbox,
  inverse,
  type AddressObject,
  type BridgeObject,
  type ForwardingObject,
  type IpvlanObject,
  type KernelObject,
  type MacvlanObject,
  type NeighbourObject,
  type RouteObject,
  type ShapingObject,
  type Step,
  type StubObject,
  type UplinkObject,
  type VethObject,
  type VlanObject,
  type VxlanObject,
  type WireguardObject,
} from '@netyard/drivers';
import {
  addAddress,
  addBridge,
  addIfb,
  addIngressQdisc,
  addIpvlan,
  addMacvlan,
  addRoute,
  addVeth,
  addVlan,
  addVxlan,
  addWireguard,
  deleteAddress,
  deleteForwarding,
  deleteIngressQdisc,
  deleteLink,
  deleteNeighbour,
  deleteRootQdisc,
  deleteRoute,
  getLink,
  KernelError,
  listLinks,
  readSysctl,
  redirectReceived,
  replaceForwarding,
  replaceNeighbour,
  replaceRoute,
  replaceTokenBucket,
  setBridgePort,
  setLink,
  writeSysctl,
  Namespace,
  type NetlinkRequest,
  type RouteSocket,
} from '@netyard/netlink';
import type { Firewall } from '../firewall/firewall';
import type { Work } from '../plan/plan';
import { needs } from './limits-not-supported';
import { assertFitParent, explainSublink } from './parent';
import { explainPort, type WireguardSettings } from './wireguard';
import type { RouterNamespaces } from '../routers/router-namespaces';
import { writeIfThere } from '../sandboxes/marked-namespace';
import type { OpenSandbox, SandboxNamespaces } from '../sandboxes/sandbox-namespaces';

/** A work that failed; what had been made for it is gone again. The error is an AggregateError when undoing failed too. */
export interface Failure {
  work: Work;
  error: unknown;
}

/** A work under way. */
interface Job {
  work: Work;
  /** Steps that made something which was not there before, in order: what is undone if a later step fails. */
  made: Step[];
  error?: unknown;
}

/** One message of a batch, and what it means for its job. */
interface Item {
  job: Job;
  request: NetlinkRequest;
  /** Set on the message that brings the object into being. */
  makes?: Step;
  /** Errors that mean "it is so already". */
  harmless?: string[];
  /** What an error means, where the kernel does not say so itself. */
  explain?: (error: KernelError) => Error;
}

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

/**
 * Carries works out on the kernel in one router, many in one go: sandboxes and settings one by one, firewall elements in one transaction, all links of the router in one batch,
 * then one batch in each sandbox. A work whose step fails is undone; the others go on.
 */
export class Applier {
  private readonly socket: RouteSocket;
  private readonly firewall: Firewall;
  private readonly sandboxes: SandboxNamespaces;

  constructor(private readonly parts: ApplierParts) {
    ({ socket: this.socket, firewall: this.firewall, sandboxes: this.sandboxes } = parts);
  }

  /** Does what the works say; gives those that failed. */
  apply(works: Work[]): Failure[] {
    const jobs = works.filter(({ steps }) => steps.length > 0).map((work): Job => ({ work, made: [] }));
    if (jobs.length === 0) return [];
    this.#makeGround(jobs);
    this.#changeFirewall(jobs);
    this.#removeSublinks(jobs);
    this.#changeHost(jobs);
    this.#changeSandboxes(jobs);
    return jobs.flatMap((job) => (job.error === undefined ? [] : [this.#undo(job)]));
  }

  /** Namespaces and settings. */
  #makeGround(jobs: Job[]): void {
    for (const job of jobs) {
      attempt(job, () => {
        for (const step of job.work.steps) {
          if (step.object.kind === 'namespace') this.#changeNamespace(job, step, step.object.sandboxId, step.object.name);
          if (step.object.kind === 'router-namespace') this.#changeRouterNamespace(job, step, step.object.routerId);
          if (step.object.kind === 'loopback' && step.verb === 'add') this.#raiseLoopback(step.object.sandboxId);
          if (step.object.kind === 'parent' && step.verb === 'add') assertFitParent(this.socket, step.object.link);
          if (step.object.kind === 'sysctl' && step.verb === 'add')
            this.#writeSetting(step.object.place, step.object.key, step.object.value);
        }
      });
    }
  }

  #changeNamespace(job: Job, step: Step, sandboxId: string, name: string): void {
    if (step.verb === 'remove') return this.sandboxes.delete(name);
    this.sandboxes.create(this.#sandbox(sandboxId));
    job.made.push(step);
  }

  #changeRouterNamespace(job: Job, step: Step, routerId: string): void {
    if (step.verb === 'remove') return this.parts.namespaces.delete(routerId);
    this.parts.namespaces.create(routerId);
    job.made.push(step);
  }

  #raiseLoopback(sandboxId: string): void {
    this.sandboxes.inside(this.#sandbox(sandboxId), ({ socket }) => socket.request(setLink('lo', { up: true })));
  }

  #writeSetting(place: AddressObject['place'], key: string, value: string): void {
    if (place.in === 'sandbox') return this.sandboxes.inside(this.#sandbox(place.sandboxId), () => writeIfThere(key, value));
    if (key === 'net/ipv6/conf/all/forwarding') keepRouterAdvertisements(this.socket);
    writeSysctl(key, value);
  }

  /** All in one transaction; if that is refused, work by work, to find the culprit. */
  #changeFirewall(jobs: Job[]): void {
    const elements = (job: Job): Step[] => job.work.steps.filter(({ object }) => object.kind === 'rule-element');
    const concerned = jobs.filter((job) => job.error === undefined && elements(job).length > 0);
    if (concerned.length === 0) return;
    const apply = (some: Job[]): void => {
      this.firewall.apply(some.flatMap(elements));
      for (const job of some) job.made.push(...elements(job).filter(({ verb }) => verb === 'add'));
    };
    try {
      apply(concerned);
    } catch {
      for (const job of concerned) attempt(job, () => apply([job]));
    }
  }

  /** Links in sandboxes that stand on one of the host go before their successors come, which take their names. */
  #removeSublinks(jobs: Job[]): void {
    for (const job of jobs) {
      if (job.error !== undefined) continue;
      attempt(job, () => {
        for (const { verb, object } of job.work.steps) {
          if (verb !== 'remove' || (object.kind !== 'macvlan' && object.kind !== 'ipvlan') || object.place.in !== 'sandbox') continue;
          this.sandboxes.inside(this.#sandbox(object.place.sandboxId), ({ socket }) =>
            this.#send(socket, [{ job, request: deleteLink(object.name), harmless: ['ENODEV'] }]),
          );
        }
      });
    }
  }

  /** Removals first, then links, then what needs their indexes. */
  #changeHost(jobs: Job[]): void {
    const namespaces = new Map<string, Namespace>();
    const masters = new Map<string, number>();
    const indexOf = indexes(this.socket);
    try {
      this.#send(
        this.socket,
        this.#hostItems(jobs, (job, step) => (step.verb === 'remove' ? this.#hostRemoval(job, step) : [])),
      );
      this.#send(
        this.socket,
        this.#hostItems(jobs, (job, step) => {
          if (step.verb === 'remove') return [];
          if (step.object.kind === 'bridge') return this.#bridgeItems(job, step, step.object);
          if (step.object.kind === 'uplink') return this.#uplinkItems(job, step, step.object, namespaces);
          if (step.object.kind === 'veth') return this.#vethItems(job, step, step.object, namespaces, masters);
          if (step.object.kind === 'shaping') return shaperItems(job, step.object);
          if (step.object.kind === 'wireguard') return this.#wireguardItems(job, step.object);
          if (step.object.kind === 'stub') return this.#stubItems(job, step, step.object, namespaces);
          if (step.object.kind === 'vlan') return this.#vlanItems(job, step, step.object);
          if (step.object.kind === 'hairpin')
            return [{ job, request: setBridgePort(step.object.link, { isolated: false, hairpin: true }) }];
          return [];
        }),
      );
      this.#raiseUplinks(jobs);
      this.#configureWireguard(jobs);
      this.#send(
        this.socket,
        this.#hostItems(jobs, (job, step) =>
          step.verb === 'add' && step.object.kind === 'shaping' ? this.#shapingItems(job, step, step.object) : [],
        ),
      );
      this.#send(
        this.parts.underlay,
        this.#hostItems(jobs, (job, step) =>
          step.verb === 'add' && step.object.kind === 'vxlan' ? this.#tunnelItems(job, step, step.object) : [],
        ),
      );
      this.#send(
        this.socket,
        this.#hostItems(jobs, (job, step) => {
          if (step.verb === 'remove') return [];
          if (step.object.kind === 'vxlan') return this.#vxlanItems(job, step.object);
          if (step.object.kind === 'macvlan' || step.object.kind === 'ipvlan')
            return this.#sublinkItems(job, step, step.object, namespaces);
          return [];
        }),
      );
      this.#send(
        this.socket,
        this.#hostItems(jobs, (job, step) => {
          if (step.verb === 'remove') return [];
          if (step.object.kind === 'forwarding') return forwardingItems(job, step, step.object, indexOf);
          if (step.object.kind === 'neighbour') return [neighbourItem(job, step, step.object, indexOf)];
          if (step.object.kind !== 'address' || step.object.place.in !== 'host') return [];
          return [addressItem(job, step, step.object, indexOf(step.object.link))];
        }),
      );
      this.#send(
        this.socket,
        this.#hostItems(jobs, (job, step) =>
          step.verb === 'add' && step.object.kind === 'route' && step.object.place.in === 'host'
            ? [{ job, request: replaceRoute(routeOf(step.object, indexOf)), makes: step }]
            : [],
        ),
      );
    } finally {
      for (const namespace of namespaces.values()) namespace.close();
    }
  }

  /** Keys, ports and peers go by another way than links: first what the links are to be, then they go up. */
  #configureWireguard(jobs: Job[]): void {
    const links = (job: Job): WireguardObject[] =>
      job.work.steps.flatMap(({ verb, object }) => (verb === 'add' && object.kind === 'wireguard' ? [object] : []));
    for (const job of jobs)
      if (job.error === undefined) for (const object of links(job)) attempt(job, () => this.parts.wireguard.configure(object));
    this.#send(
      this.socket,
      jobs.flatMap((job) =>
        job.error === undefined
          ? links(job).map(({ name, port }) => ({
              job,
              request: setLink(name, { up: true }),
              explain: (error: KernelError) => explainPort(error, port),
            }))
          : [],
      ),
    );
    this.#changeWireguardPeers(jobs);
  }

  /** All in few messages; if one is refused, work by work, to find the culprit. */
  #changeWireguardPeers(jobs: Job[]): void {
    const peers = (job: Job): Step[] => job.work.steps.filter(({ object }) => object.kind === 'wireguard-peer');
    const concerned = jobs.filter((job) => job.error === undefined && peers(job).length > 0);
    if (concerned.length === 0) return;
    try {
      this.parts.wireguard.change(concerned.flatMap(peers));
    } catch {
      for (const job of concerned) attempt(job, () => this.parts.wireguard.change(peers(job)));
    }
  }

  #hostItems(jobs: Job[], itemsOf: (job: Job, step: Step) => Item[]): Item[] {
    return jobs.flatMap((job) => {
      if (job.error !== undefined) return [];
      return attempt(job, () => job.work.steps.flatMap((step) => itemsOf(job, step))) ?? [];
    });
  }

  #hostRemoval(job: Job, { object }: Step): Item[] {
    const isSublink = (object.kind === 'macvlan' || object.kind === 'ipvlan') && object.place.in === 'host';
    if (
      object.kind === 'bridge' ||
      object.kind === 'veth' ||
      object.kind === 'vxlan' ||
      object.kind === 'wireguard' ||
      object.kind === 'vlan' ||
      object.kind === 'stub' ||
      object.kind === 'uplink' ||
      isSublink
    )
      return [{ job, request: deleteLink(object.name), harmless: ['ENODEV'] }];
    if (object.kind === 'shaping') return this.#shapingRemoval(job, object);
    if (object.kind === 'forwarding' || object.kind === 'neighbour') return this.#entryRemoval(job, object);
    if (object.kind === 'route' && object.place.in === 'host') return this.#routeRemoval(job, object);
    if (object.kind !== 'address' || object.place.in !== 'host') return [];
    const link = getLink(this.socket, object.link);
    return link ? [{ job, request: deleteAddress(link.index, object.address), harmless: ['EADDRNOTAVAIL', 'ENODEV'] }] : [];
  }

  #routeRemoval(job: Job, { destination, via, link }: RouteObject): Item[] {
    const linkIndex = getLink(this.socket, link)?.index;
    return linkIndex === undefined
      ? []
      : [{ job, request: deleteRoute({ destination, via: via ?? undefined, linkIndex }), harmless: ['ESRCH', 'ENODEV'] }];
  }

  #stubItems(job: Job, step: Step, { name, alias, peer, mtuBytes }: StubObject, namespaces: Map<string, Namespace>): Item[] {
    const here = namespaces.get('') ?? Namespace.open('/proc/thread-self/ns/net');
    namespaces.set('', here);
    return [
      { job, request: addVeth({ name, mtuBytes, group: ownedLinkGroup, peer: { name: peer, namespace: here } }), makes: step },
      ...[name, peer].flatMap((link) => [
        { job, request: setLink(link, { alias, ipv6AutoAddress: false }) },
        { job, request: setLink(link, { up: true }) },
      ]),
    ];
  }

  /** What stands is only raised: what goes through it now need not begin anew. */
  #uplinkItems(
    job: Job,
    step: Step,
    { name, alias, mtuBytes, macAddress, peer }: UplinkObject,
    namespaces: Map<string, Namespace>,
  ): Item[] {
    const up: Item = { job, request: setLink(name, { up: true }) };
    if (getLink(this.socket, name)) return [up];
    const namespace = namespaces.get(peer.routerId) ?? this.parts.namespaces.open(peer.routerId);
    namespaces.set(peer.routerId, namespace);
    const request = addVeth({
      name,
      mtuBytes,
      macAddress,
      group: ownedLinkGroup,
      peer: { name: peer.name, macAddress: peer.macAddress, namespace },
    });
    return [{ job, request, makes: step }, { job, request: setLink(name, { alias, ipv6AutoAddress: false }) }, up];
  }

  /** The routers' ends, which cannot be made up. */
  #raiseUplinks(jobs: Job[]): void {
    for (const job of jobs)
      for (const { verb, object } of job.work.steps) {
        if (verb !== 'add' || object.kind !== 'uplink' || job.error !== undefined) continue;
        const { routerId, name } = object.peer;
        const changes = [setLink(name, { ipv6AutoAddress: false }), setLink(name, { up: true })];
        attempt(job, () =>
          this.parts.namespaces.inside(routerId, (socket) =>
            this.#send(
              socket,
              changes.map((request) => ({ job, request })),
            ),
          ),
        );
      }
  }

  #vlanItems(job: Job, step: Step, { name, alias, parent, vlanId }: VlanObject): Item[] {
    const parentIndex = this.#index(this.socket, parent);
    return [
      {
        job,
        request: addVlan({ name, parentIndex, vlanId, group: ownedLinkGroup }),
        makes: step,
        explain: (error) => explainSublink(this.socket, error, parent),
      },
      { job, request: setLink(name, { alias, ipv6AutoAddress: false }) },
      { job, request: setLink(name, { up: true }) },
    ];
  }

  /** One in a sandbox is given its alias and raised there. */
  #sublinkItems(job: Job, step: Step, object: MacvlanObject | IpvlanObject, namespaces: Map<string, Namespace>): Item[] {
    const { place, name, parent, mtuBytes } = object;
    const link = {
      name: place.in === 'sandbox' ? birthName(object) : name,
      parentIndex: this.#index(this.socket, parent),
      mtuBytes: mtuBytes ?? undefined,
      group: ownedLinkGroup,
      namespace: this.#namespaceOf(place, namespaces),
    };
    const request =
      object.kind === 'macvlan'
        ? addMacvlan({ ...link, mode: object.mode, macAddress: object.macAddress ?? undefined })
        : addIpvlan({ ...link, mode: object.mode, flag: object.flag });
    const made: Item = { job, request, makes: step, explain: (error) => explainSublink(this.socket, error, parent) };
    if (place.in === 'sandbox') return [made];
    return [
      made,
      { job, request: setLink(name, { alias: object.alias, ipv6AutoAddress: false }) },
      { job, request: setLink(name, { up: true }) },
    ];
  }

  #namespaceOf(place: AddressObject['place'], namespaces: Map<string, Namespace>): Namespace | undefined {
    if (place.in === 'host') return undefined;
    const namespace = namespaces.get(place.sandboxId) ?? this.sandboxes.open(this.#sandbox(place.sandboxId));
    namespaces.set(place.sandboxId, namespace);
    return namespace;
  }

  /** Entries go with their link. */
  #entryRemoval(job: Job, object: ForwardingObject | NeighbourObject): Item[] {
    const link = getLink(this.socket, object.link);
    if (!link) return [];
    const requests =
      object.kind === 'forwarding' ? deleteForwarding(link.index, object.macAddress) : [deleteNeighbour(link.index, object.address)];
    return requests.map((request) => ({ job, request, harmless: noneThere }));
  }

  #bridgeItems(job: Job, step: Step, { name, macAddress, mtuBytes, alias }: BridgeObject): Item[] {
    const first: Item = getLink(this.socket, name)
      ? { job, request: setLink(name, { macAddress, mtuBytes }) }
      : { job, request: addBridge({ name, macAddress, mtuBytes, group: ownedLinkGroup }), makes: step };
    return [first, { job, request: setLink(name, { alias, ipv6AutoAddress: false }) }, { job, request: setLink(name, { up: true }) }];
  }

  #vethItems(job: Job, step: Step, veth: VethObject, namespaces: Map<string, Namespace>, masters: Map<string, number>): Item[] {
    const { name, alias, mtuBytes, bridge, isolated, hairpin, peer } = veth;
    const namespace = this.#namespaceOf(inSandbox(peer.sandboxId), namespaces) as Namespace;
    const masterIndex = masters.get(bridge) ?? this.#index(this.socket, bridge);
    masters.set(bridge, masterIndex);
    // What stands and is to have another MTU only keeps its addresses, routes and connections.
    if (getLink(this.socket, name)) return [{ job, request: setLink(name, { mtuBytes }) }];
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
  #wireguardItems(job: Job, { name, alias, mtuBytes }: WireguardObject): Item[] {
    const made: Item[] = getLink(this.socket, name)
      ? []
      : [{ job, request: addWireguard({ name, mtuBytes, group: ownedLinkGroup }), harmless: ['EEXIST'] }];
    return [...made, { job, request: setLink(name, { alias, mtuBytes, ipv6AutoAddress: false }) }];
  }

  /** A tunnel is made by a socket of the host's own namespace, by which its packets leave and come wherever the link is. */
  #tunnelItems(job: Job, step: Step, { name, mtuBytes, vni, localAddress, port, lowerLink }: VxlanObject): Item[] {
    if (getLink(this.socket, name)) return [];
    const { underlay, here } = this.parts;
    const lower = lowerLink === undefined ? {} : { lowerIndex: this.#index(underlay, lowerLink) };
    const place = here === null ? {} : { namespace: here };
    return [
      {
        job,
        request: addVxlan({ name, vni, localAddress, port, ...lower, mtuBytes, group: ownedLinkGroup, ...place }),
        makes: step,
        explain: (error) => explainVxlan(error, { vni, port }),
      },
    ];
  }

  #vxlanItems(job: Job, { name, alias, mtuBytes, bridge, isolated }: VxlanObject): Item[] {
    return [
      { job, request: setLink(name, { mtuBytes }) },
      { job, request: setLink(name, { alias, masterIndex: this.#index(this.socket, bridge), ipv6AutoAddress: false }) },
      { job, request: setBridgePort(name, { isolated, hairpin: false, tunnel: true }) },
      { job, request: setLink(name, { up: true }) },
    ];
  }

  /**
   * The links are there by now. Whatever stood before, afterwards these limits are in force and no others; a bucket that stays is changed without losing what
   * waits in it.
   */
  #shapingItems(job: Job, step: Step, { link, ifb, ingressBytesPerSecond, egressBytesPerSecond }: ShapingObject): Item[] {
    const index = this.#index(this.socket, link);
    const limit = (request: NetlinkRequest, explain: Item['explain'], harmless: string[] = []): Item => ({
      job,
      request,
      makes: step,
      explain,
      harmless,
    });
    const items = [
      ingressBytesPerSecond === null
        ? { job, request: deleteRootQdisc(index), harmless: noneThere }
        : limit(replaceTokenBucket(index, ingressBytesPerSecond), needs('CONFIG_NET_SCH_TBF')),
    ];
    if (egressBytesPerSecond === null) return [...items, ...redirectRemoval(job, index, ifb)];
    const ifbIndex = this.#index(this.socket, ifb);
    return [
      ...items,
      limit(replaceTokenBucket(ifbIndex, egressBytesPerSecond), needs('CONFIG_NET_SCH_TBF')),
      limit(addIngressQdisc(index), needs('CONFIG_NET_SCH_INGRESS'), ['EEXIST']),
      limit(redirectReceived(index, ifbIndex), needs('CONFIG_NET_CLS_U32', 'CONFIG_NET_ACT_MIRRED')),
    ];
  }

  #shapingRemoval(job: Job, { link, ifb }: ShapingObject): Item[] {
    const found = getLink(this.socket, link);
    if (!found) return [{ job, request: deleteLink(ifb), harmless: noneThere }];
    return [{ job, request: deleteRootQdisc(found.index), harmless: noneThere }, ...redirectRemoval(job, found.index, ifb)];
  }

  #changeSandboxes(jobs: Job[]): void {
    const bySandbox = new Map<string, Job[]>();
    for (const job of jobs) {
      for (const id of sandboxesOf(job.work)) bySandbox.set(id, [...(bySandbox.get(id) ?? []), job]);
    }
    for (const [id, concerned] of bySandbox) {
      const sound = concerned.filter(({ error }) => error === undefined);
      if (sound.length > 0) this.#changeSandbox(id, sound);
    }
  }

  #changeSandbox(id: string, jobs: Job[]): void {
    try {
      const sandbox = this.#sandbox(id);
      const isManaged = sandbox.namespace.type === 'managed';
      this.sandboxes.inside(sandbox, (open) => {
        const items = jobs.flatMap((job) => attempt(job, () => insideItems(job, id, open, isManaged)) ?? []);
        this.#send(open.socket, items);
      });
    } catch (error) {
      for (const job of jobs) job.error ??= error;
    }
  }

  /** Sends the messages of jobs that have not failed before. */
  #send(socket: RouteSocket, items: Item[]): void {
    if (items.length === 0) return;
    const results = socket.batch(items.map(({ request }) => request));
    for (const [index, { job, makes, harmless, explain }] of items.entries()) {
      const error = results[index];
      if (error && !harmless?.includes(error.errnoName)) job.error ??= explain?.(error) ?? error;
      else if (!error && makes) job.made.push(makes);
    }
  }

  /** Takes away what the job has made, last first. What it removed is not brought back: it was not wanted. */
  #undo({ work, made, error }: Job): Failure {
    const undoing: Job = { work: { subject: work.subject, steps: [...made].reverse().map(inverse) }, made: [] };
    const linkKinds = new Set(['veth', 'macvlan', 'ipvlan']);
    if (!made.some(({ object }) => linkKinds.has(object.kind))) this.#changeSandboxes([undoing]);
    this.#removeSublinks([undoing]);
    this.#changeHost([undoing]);
    this.#changeFirewall([undoing]);
    this.#makeGround([undoing]);
    return {
      work,
      error: undoing.error === undefined ? error : new AggregateError([error, undoing.error], 'it failed, and could not be undone'),
    };
  }

  #sandbox(id: string): DesiredSandbox {
    const sandbox = this.parts.sandboxById(id);
    if (!sandbox) throw new Error(`sandbox ${id} is not known on this host`);
    return sandbox;
  }

  /** Throws KernelError ENODEV when there is no such link. */
  #index(socket: RouteSocket, name: string): number {
    const link = getLink(socket, name);
    if (!link) throw new KernelError(`ip link show ${name}`, enodev);
    return link.index;
  }
}

const enodev = 19;

/** Runs a part of a job; what it throws becomes the job's error. */
function attempt<T>(job: Job, part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    job.error ??= error;
    return undefined;
  }
}

/** The link that an endpoint's limit on sending needs. */
const shaperItems = (job: Job, { ifb, alias, egressBytesPerSecond }: ShapingObject): Item[] =>
  egressBytesPerSecond === null
    ? []
    : [
        { job, request: addIfb(ifb, ownedLinkGroup), harmless: ['EEXIST'], explain: needs('CONFIG_IFB') },
        { job, request: setLink(ifb, { alias, ipv6AutoAddress: false }) },
        { job, request: setLink(ifb, { up: true }) },
      ];

const noneThere = ['ENOENT', 'EINVAL', 'ENODEV'];

/** First the redirection, so that nothing is sent to a link that is no more. */
const redirectRemoval = (job: Job, index: number, ifb: string): Item[] => [
  { job, request: deleteIngressQdisc(index), harmless: noneThere },
  { job, request: deleteLink(ifb), harmless: noneThere },
];

const insideKinds = new Set(['address', 'route', 'macvlan', 'ipvlan']);

/** The sandboxes in which a work has something to change. */
function sandboxesOf({ steps }: Work): Set<string> {
  return new Set(
    steps.flatMap(({ verb, object }) => {
      if (object.kind === 'veth' && verb === 'add') return [object.peer.sandboxId];
      if ((object.kind === 'macvlan' || object.kind === 'ipvlan') && verb === 'remove') return [];
      return insideKinds.has(object.kind) && 'place' in object && object.place.in === 'sandbox' ? [object.place.sandboxId] : [];
    }),
  );
}

const forwardingItems = (
  job: Job,
  step: Step,
  { link, macAddress, destination, via }: ForwardingObject,
  indexOf: (name: string) => number,
): Item[] =>
  replaceForwarding(indexOf(link), macAddress, destination, via === undefined ? undefined : indexOf(via)).map((request) => ({
    job,
    request,
    makes: step,
  }));

const neighbourItem = (job: Job, step: Step, { link, address, macAddress }: NeighbourObject, indexOf: (name: string) => number): Item => ({
  job,
  request: replaceNeighbour({ linkIndex: indexOf(link), address, macAddress }),
  makes: step,
});

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

const addressItem = (job: Job, step: Step, { address }: AddressObject, index: number): Item => ({
  job,
  request: addAddress(index, address),
  makes: step,
  harmless: ['EEXIST'],
});

/**
 * Removals, then addresses, then the link goes up (which announces them), then routes, which need it up. In a managed sandbox a default route
 * takes the place of another; in an adopted one somebody else's stays, and the work fails.
 */
function insideItems(job: Job, sandboxId: string, { socket }: OpenSandbox, isManaged: boolean): Item[] {
  const removals: Item[] = [];
  const addresses: Item[] = [];
  const ups: Item[] = [];
  const routes: Item[] = [];
  const births = new Map(
    job.work.steps.flatMap(({ verb, object }) =>
      verb === 'add' && isSublinkIn(object, sandboxId) ? [[object.name, birthName(object)]] : [],
    ),
  );
  const byName = indexes(socket);
  // A link that has just been made gets its name in this very batch.
  const indexOf = (name: string): number => byName(births.get(name) ?? name);
  const veths = job.work.steps.flatMap(({ verb, object }) => (object.kind === 'veth' && verb === 'add' ? [object] : []));
  for (const { peer, mtuBytes } of veths) ups.push(...interfaceItems(job, { ...peer, mtuBytes }, indexOf(peer.name), isManaged));
  for (const { verb, object } of job.work.steps) {
    if (verb === 'add' && isSublinkIn(object, sandboxId)) ups.push(...sublinkItems(job, object, indexOf(birthName(object)), isManaged));
  }
  for (const step of job.work.steps) {
    const { verb, object } = step;
    if ((object.kind !== 'address' && object.kind !== 'route') || object.place.in !== 'sandbox' || object.place.sandboxId !== sandboxId)
      continue;
    if (object.kind === 'address') {
      if (verb === 'add') addresses.push(addressItem(job, step, object, indexOf(object.link)));
      else removals.push({ job, request: deleteAddress(indexOf(object.link), object.address), harmless: ['EADDRNOTAVAIL'] });
    } else if (verb === 'add') routes.push({ job, request: (isManaged ? replaceRoute : addRoute)(routeOf(object, indexOf)), makes: step });
    else removals.push({ job, request: deleteRoute(routeOf(object, indexOf)), harmless: ['ESRCH'] });
  }
  return [...removals, ...addresses, ...ups, ...routes];
}

const routeOf = ({ destination, via, link, source }: RouteObject, indexOf: (name: string) => number) => ({
  destination,
  via: via ?? undefined,
  linkIndex: indexOf(link),
  source,
});

/** Addresses come from the API alone: no router is listened to, no duplicate is looked for; a change of the MAC address is announced. */
const ipv6Settings = [
  ['accept_ra', '0'],
  ['accept_dad', '0'],
  ['ndisc_notify', '1'],
  ['disable_ipv6', '0'],
] as const;

/** An interface inside a sandbox, whatever it is made of. */
interface Interface {
  name: string;
  ipv6: boolean;
  mtuBytes: number | null;
}

const birthName = ({ alias }: MacvlanObject | IpvlanObject): string => wireLinkName(parseOwnerAlias(alias)?.id ?? '');

const isSublinkIn = (object: KernelObject, sandboxId: string): object is MacvlanObject | IpvlanObject =>
  (object.kind === 'macvlan' || object.kind === 'ipvlan') && object.place.in === 'sandbox' && object.place.sandboxId === sandboxId;

/** Settings of the new interface, which have to be in force before it comes up, and its raising. */
function interfaceItems(job: Job, { name, ipv6, mtuBytes }: Interface, index: number, isManaged: boolean): Item[] {
  const setting = (key: string, value: string): void => writeIfThere(`net/ipv6/conf/${name}/${key}`, value);
  if (ipv6) {
    for (const [key, value] of ipv6Settings) setting(key, value);
  } else if (!isManaged) {
    setting('disable_ipv6', '1');
  }
  return [
    ...(isManaged ? [] : [{ job, request: setLink(index, { arpNotify: true }) }]),
    { job, request: setLink(index, { up: true, mtuBytes: mtuBytes ?? undefined }) },
  ];
}

/** A link that stands on one of the host is marked here. The parent of one in mode passthru takes its MAC address over, which it has only when it is set apart. */
function sublinkItems(job: Job, object: MacvlanObject | IpvlanObject, index: number, isManaged: boolean): Item[] {
  const macAddress = object.kind === 'macvlan' && object.mode === 'passthru' ? (object.macAddress ?? undefined) : undefined;
  return [
    { job, request: setLink(index, { name: object.name, alias: object.alias, macAddress }) },
    ...interfaceItems(job, { ...object, name: birthName(object) }, index, isManaged),
  ];
}

function indexes(socket: RouteSocket): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    const index = known.get(name) ?? getLink(socket, name)?.index;
    if (index === undefined) throw new KernelError(`ip link show ${name}`, enodev);
    known.set(name, index);
    return index;
  };
}

/**
 * A host that forwards stops to listen to router advertisements, its own uplink's too, unless told to go on (accept_ra 2).
 * Source: Documentation/networking/ip-sysctl.rst.
 */
function keepRouterAdvertisements(socket: RouteSocket): void {
  if (readSysctl('net/ipv6/conf/all/forwarding') === '1') return;
  for (const { name, alias } of listLinks(socket)) {
    const key = `net/ipv6/conf/${name}/accept_ra`;
    try {
      if (!parseOwnerAlias(alias) && readSysctl(key) === '1') writeSysctl(key, '2');
    } catch {
      // A link without IPv6 listens to nothing.
    }
  }
}

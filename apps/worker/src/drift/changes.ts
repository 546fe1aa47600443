import { decodeAttributes, decodeEntryName, decodeText, type EventDatagram, type NetlinkMessage } from '@netyard/netlink';
import { routerUplinkName } from '@netyard/contracts';
import type { DriftMessage, RouterDrift } from './messages';

// include/uapi/linux/rtnetlink.h, if_link.h, if.h
const RTM_NEWLINK = 16;
const RTM_DELLINK = 17;
const RTM_DELADDR = 21;
const RTM_DELROUTE = 25;
const RTM_DELQDISC = 37;
const RTM_DELTFILTER = 45;
const IFF_UP = 1;
const IFLA_IFNAME = 3;
const IFLA_NEW_NETNSID = 45;
const RTA_TABLE = 15;
const RTA_OIF = 4;
const RT_TABLE_MAIN = 254;
// linux/netfilter/nfnetlink.h, nf_tables.h
const NFNL_SUBSYS_NFTABLES = 10;
const NFT_MSG_NEWGEN = 15;
const NFTA_TABLE = 1;
const NFTA_GEN_PROC_NAME = 3;

const names = new Set([IFLA_IFNAME]);
const destinations = new Set([IFLA_NEW_NETNSID]);
const routeFacts = new Set([RTA_TABLE, RTA_OIF]);
const linkHeaderBytes = 16;
const tablePrefix = 'netyard';
/** With which the names of Netyard's own links begin. */
const linkPrefix = 'ny';

/** Of one router. */
class RouterChanges {
  readonly links = new Set<string>();
  readonly linkIndexes = new Set<number>();
  readonly entries = new Map<number, Set<string>>();
  /** By the index of the link that they were on: one that goes takes them along, which needs no word of its own. */
  readonly addresses = new Set<number>();
  readonly routes = new Set<number>();
  readonly goneLinks = new Set<number>();
  nftables = false;

  drift(nsid: number | undefined): RouterDrift {
    const { links, linkIndexes, entries, addresses, routes, goneLinks, nftables } = this;
    const isOnStanding = (index: number): boolean => !goneLinks.has(index);
    return {
      nsid: nsid ?? null,
      links: [...links],
      linkIndexes: [...linkIndexes],
      addresses: [...addresses].some(isOnStanding),
      routes: [...routes].some(isOnStanding),
      lostEntries: [...entries].map(([linkIndex, lost]) => ({ linkIndex, names: [...lost] })),
      nftables,
    };
  }
}

/**
 * Changes that may be drift, as they gather: losses alone, since what is added harms nobody; of the host's links that are not Netyard's all, since networks may stand on them.
 * Source: rtnetlink(7).
 */
export class Changes {
  /** By nsid; undefined: the host's own namespace. */
  readonly #routers = new Map<number | undefined, RouterChanges>();
  #routerNsids = new Set<number>();
  /** By nsid and link: a link that goes takes addresses and routes along, which need no word of their own. */
  readonly #inSandboxes = new Map<string, number>();
  readonly #goneInSandboxes = new Set<string>();
  #othersLinks = false;
  readonly #sandboxNftables = new Set<number>();
  #lost = false;
  /** Namespaces in which the transaction that is being told has touched a table of Netyard's. */
  readonly #touchedTables = new Set<number | undefined>();

  /** `ownName`: what this worker's threads are called. Their ids are of no use, since the kernel tells those of its first pid namespace. */
  constructor(private readonly ownName: string) {}

  get isEmpty(): boolean {
    return this.#routers.size + this.#inSandboxes.size + this.#sandboxNftables.size === 0 && !this.#lost;
  }

  /** These namespaces are routers', and no sandboxes'. */
  knowRouters(nsids: number[]): void {
    this.#routerNsids = new Set(nsids);
  }

  /** More happened than could be heard. */
  lose(): void {
    this.#lost = true;
  }

  takeRoutes({ nsid, messages }: EventDatagram): void {
    for (const message of messages) this.#takeRoute(nsid, message);
  }

  /** `messages`: of entries that are gone. What sandboxes know of each other is their own affair. */
  takeEntries({ nsid, messages }: EventDatagram): void {
    if (this.#isSandbox(nsid)) return;
    for (const message of messages) {
      const entry = decodeEntryName(message);
      if (!entry) continue;
      const { entries } = this.#in(nsid);
      entries.set(entry.linkIndex, (entries.get(entry.linkIndex) ?? new Set()).add(entry.name));
    }
  }

  takeNftables({ nsid, messages }: EventDatagram): void {
    for (const { type, payload } of messages) {
      if (type >> 8 !== NFNL_SUBSYS_NFTABLES) continue;
      const attributes = decodeAttributes(payload.subarray(4));
      if ((type & 0xff) !== NFT_MSG_NEWGEN) {
        if (decodeText(attributes.get(NFTA_TABLE))?.startsWith(tablePrefix)) this.#touchedTables.add(nsid);
        continue;
      }
      // A generation closes each transaction, and says whose it was.
      const process = decodeText(attributes.get(NFTA_GEN_PROC_NAME));
      if (!this.#touchedTables.delete(nsid) || process === this.ownName) continue;
      if (nsid === undefined || this.#routerNsids.has(nsid)) this.#in(nsid).nftables = true;
      else this.#sandboxNftables.add(nsid);
    }
  }

  /** What has gathered, and begins anew. */
  drain(): DriftMessage {
    const message: DriftMessage = {
      type: 'drift',
      routers: [...this.#routers].map(([nsid, changes]) => changes.drift(nsid)),
      othersLinks: this.#othersLinks,
      sandboxNsids: [...new Set([...this.#inSandboxes].flatMap(([key, nsid]) => (this.#goneInSandboxes.has(key) ? [] : [nsid])))],
      sandboxNftables: [...this.#sandboxNftables],
      lost: this.#lost,
    };
    for (const gathered of [this.#routers, this.#inSandboxes, this.#goneInSandboxes, this.#sandboxNftables]) gathered.clear();
    this.#othersLinks = this.#lost = false;
    return message;
  }

  #in(nsid: number | undefined): RouterChanges {
    const changes = this.#routers.get(nsid) ?? new RouterChanges();
    this.#routers.set(nsid, changes);
    return changes;
  }

  #isSandbox(nsid: number | undefined): nsid is number {
    return nsid !== undefined && !this.#routerNsids.has(nsid);
  }

  #takeRoute(nsid: number | undefined, { type, payload }: NetlinkMessage): void {
    switch (type) {
      case RTM_NEWLINK:
      case RTM_DELLINK:
        return this.#takeLink(nsid, type === RTM_DELLINK, payload);
      case RTM_DELADDR:
        return this.#note(nsid, payload.readInt32LE(4), 'addresses');
      case RTM_DELROUTE: {
        const attributes = decodeAttributes(payload.subarray(12), routeFacts);
        const table = attributes.get(RTA_TABLE)?.readUInt32LE(0) ?? payload.readUInt8(4);
        if (table === RT_TABLE_MAIN) this.#note(nsid, attributes.get(RTA_OIF)?.readInt32LE(0) ?? 0, 'routes');
        return;
      }
      case RTM_DELQDISC:
      case RTM_DELTFILTER:
        if (!this.#isSandbox(nsid)) this.#in(nsid).linkIndexes.add(payload.readInt32LE(4));
        return;
    }
  }

  #takeLink(nsid: number | undefined, isGone: boolean, payload: Buffer): void {
    const index = payload.readInt32LE(4);
    if (this.#isSandbox(nsid)) {
      if (isGone && !wasMoved(payload)) this.#goneInSandboxes.add(`${nsid} ${index}`);
      else if (isGone || wentDown(payload)) this.#note(nsid, index, 'addresses');
      return;
    }
    const name = decodeText(decodeAttributes(payload.subarray(linkHeaderBytes), names).get(IFLA_IFNAME)) ?? '';
    const isOurs = name.startsWith(linkPrefix) || (nsid !== undefined && name === routerUplinkName);
    if (name === '' || (isOurs && !isGone && !wentDown(payload)) || (!isOurs && nsid !== undefined)) return;
    const changes = this.#in(nsid);
    changes.links.add(name);
    if (isGone) changes.goneLinks.add(index);
    this.#othersLinks ||= !isOurs;
  }

  #note(nsid: number | undefined, linkIndex: number, what: 'addresses' | 'routes'): void {
    if (this.#isSandbox(nsid)) this.#inSandboxes.set(`${nsid} ${linkIndex}`, nsid);
    else this.#in(nsid)[what].add(linkIndex);
  }
}

/** A link that somebody moves goes from where it was, as its end in the host does not (net/core/dev.c, __dev_change_net_namespace). */
const wasMoved = (payload: Buffer): boolean => decodeAttributes(payload.subarray(linkHeaderBytes), destinations).has(IFLA_NEW_NETNSID);
/** struct ifinfomsg: flags, and which of them have changed. */
const wentDown = (payload: Buffer): boolean => (payload.readUInt32LE(8) & IFF_UP) === 0 && (payload.readUInt32LE(12) & IFF_UP) !== 0;

/** What the kernel told of a moment's changes that may be drift; our own are among them. From the drift thread to the operations thread. */
export interface DriftMessage {
  type: 'drift';
  /** Of each router in which something happened. */
  routers: RouterDrift[];
  /** Whether links of the host that are not Netyard's are among what changed. */
  othersLinks: boolean;
  /** Ids that sandboxes' namespaces have in the host's own, where a link, address or route went or changed. */
  sandboxNsids: number[];
  /** Sandboxes, by nsid, in which somebody else changed one of Netyard's tables. */
  sandboxNftables: number[];
  /** More happened than could be heard: everything is to be looked at. */
  lost: boolean;
}

/** What happened in the namespace of one router. */
export interface RouterDrift {
  /** The id of its namespace in the host's own; null: that itself. */
  nsid: number | null;
  /** Names of links that went or went down; of the host's own also of those that are not Netyard's and came or changed. */
  links: string[];
  /** Indexes of links whose queueing discipline went. */
  linkIndexes: number[];
  /** Whether addresses or routes went. */
  addresses: boolean;
  routes: boolean;
  /** What links know no longer of others: addresses of neighbours, MAC addresses of forwarding entries. */
  lostEntries: { linkIndex: number; names: string[] }[];
  /** Somebody else changed one of Netyard's tables. */
  nftables: boolean;
}

export type FromDrift = DriftMessage;
/** These ids in the host's own namespace are routers', no sandboxes'. */
export type ToDrift = { type: 'routers'; nsids: number[] };

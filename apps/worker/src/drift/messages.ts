/** What the kernel told of a moment's changes that may be drift; our own are among them. From the drift thread to the operations thread. */
export interface DriftMessage {
  type: 'drift';
  /** Names of links in the router namespace that went or went down, and of those that are not Netyard's and came or changed. */
  hostLinks: string[];
  /** Whether such are among them. */
  othersLinks: boolean;
  /** Indexes of links in the router namespace whose queueing discipline went. */
  hostLinkIndexes: number[];
  /** Ids that sandboxes' namespaces have in the router namespace, where a link, address or route went or changed. */
  sandboxNsids: number[];
  /** Whether addresses or routes of the router namespace went. */
  host: { addresses: boolean; routes: boolean };
  /** What links of the router namespace know no longer of others: addresses of neighbours, MAC addresses of forwarding entries. */
  lostEntries: { linkIndex: number; names: string[] }[];
  /** Somebody else changed one of Netyard's tables in the router namespace. */
  nftables: boolean;
  /** Sandboxes, by nsid, in which somebody else changed one of Netyard's tables. */
  sandboxNftables: number[];
  /** More happened than could be heard: everything is to be looked at. */
  lost: boolean;
}

export type FromDrift = DriftMessage;
export type ToDrift = { type: 'stop' };

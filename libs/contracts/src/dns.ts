/** A name with an address that is answered besides what discovery knows, as a line of `/etc/hosts` would. */
export interface ExtraHost {
  /** A DNS name of one or more labels. */
  name: string;
  address: string;
}

/** What a network or a sandbox adds to the names and servers of its sandboxes; a sandbox's own come first. */
export interface DnsSettings {
  /** `search` of resolv.conf(5), in order; at most 6 are kept. */
  search: string[];
  /** `options` of resolv.conf(5), e.g. `ndots:1`. */
  options: string[];
  /** Upstream servers, asked from inside the sandbox; empty: the host's own, asked from the host. */
  servers: string[];
  hosts: ExtraHost[];
}

export const noDnsSettings: DnsSettings = { search: [], options: [], servers: [], hosts: [] };

/** Where a sandbox on a user-defined network finds its resolver; resolv.conf(5) knows no port, so it is 53. */
export const resolverAddress = '127.0.0.11';

/** Seconds that an answer of discovery may be kept. */
export const discoveryTtlSeconds = 5;

/** How one upstream server has been doing. */
export interface UpstreamState {
  address: string;
  /** Asked from inside the sandbox or from the host. */
  askedFrom: 'sandbox' | 'host';
  healthy: boolean;
  queries: number;
  failures: number;
  /** Of the last answer; null: there has been none. */
  rttMs: number | null;
  lastError: string | null;
}

/** How queries of one sandbox ended, since its resolver started. */
export interface QueryCounts {
  total: number;
  /** Answered from discovery. */
  answered: number;
  /** The name exists, without a record of that type. */
  noData: number;
  nameError: number;
  /** Answered by an upstream. */
  forwarded: number;
  /** Answered from what an upstream had said before. */
  cached: number;
  refused: number;
  formatError: number;
  serverFailure: number;
}

export interface ResolverRecord {
  /** Without the final dot. */
  name: string;
  type: 'A' | 'AAAA' | 'PTR' | 'SRV';
  ttlSeconds: number;
  data: string;
}

/** `GET /v1/sandboxes/{id}/resolver`: all that is needed to see why a name does or does not resolve. */
export interface ResolverState {
  /** False: the sandbox has no resolver of its own; it uses the servers in `resolvConf`. */
  listening: boolean;
  address: string | null;
  resolvConf: string;
  records: ResolverRecord[];
  /** How many records there are; `records` holds the first 1,000. */
  recordCount: number;
  upstreams: UpstreamState[];
  queries: QueryCounts;
  /** The last ones first, at most 20. */
  failures: { at: string; name: string; type: string; responseCode: string; error: string }[];
}

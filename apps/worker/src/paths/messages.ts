import type { PathResult } from './path-search';

/** A path that tunnels of this host take. */
export interface WantedPath {
  /** Name of the host at the other end. */
  host: string;
  localAddress: string;
  remoteAddress: string;
  /** The largest packet of all networks' tunnels on it. */
  neededBytes: number;
}

export interface MeasuredPath {
  localAddress: string;
  remoteAddress: string;
  result: PathResult;
  /** RFC 3339. */
  measuredAt: string;
}

/** From the operations thread to that of the paths: all there are, in place of those before. `anew`: something of the host's own underlay has changed. */
export type ToPaths = { type: 'paths'; wanted: WantedPath[]; anew: boolean };

export type FromPaths = { type: 'measured'; paths: MeasuredPath[] } | { type: 'unmeasurable'; reason: string };

/** What tells paths apart. */
export const pathKey = ({ localAddress, remoteAddress }: Pick<WantedPath, 'localAddress' | 'remoteAddress'>): string =>
  `${localAddress} ${remoteAddress}`;

/**
 * How a path fares: `carries` what tunnels send on it, `drops` their largest packets though smaller ones pass, is `silent` when nothing is answered at all, or has not been
 * measured yet.
 */
export const pathStates = ['carries', 'drops', 'silent', 'unmeasured'] as const;
export type PathState = (typeof pathStates)[number];

/** The way over the underlay from one host to another with which it shares overlay networks, as the first has measured it with packets that nobody may fragment. */
export interface UnderlayPath {
  /** Name of the host at the other end. */
  host: string;
  localAddress: string;
  remoteAddress: string;
  /** The largest packet that tunnels send on it, with all headers from IP on. */
  neededBytes: number;
  state: PathState;
  /** The largest packet that was seen to pass, none larger than needed being tried; null: none was answered. */
  carriedBytes: number | null;
  /** The router that says that larger packets cannot go on; null where they vanish without a word. */
  refusedBy: string | null;
}

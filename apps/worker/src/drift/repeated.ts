import type { DriftMessage, RouterDrift } from './messages';
import { Pace } from './pace';

/** What is looked at on account of one sandbox. */
const ofOne = { burst: 10, intervalMs: 1_000 };
/** Looks at everything, which somebody asks for who is too loud to be heard. */
const ofAll = { burst: 2, intervalMs: 10_000 };
/** How names of the host's ends of endpoints' pairs begin: their other ends are in sandboxes, whose root takes both away. */
const endpointPrefix = 'nyv';

/** Adds to a message what was held back. */
type Claim = (message: DriftMessage) => unknown;

/** Holds back what a sandbox causes again and again, so that its repair keeps nobody else waiting; others' is let through at once. */
export class Repeated {
  readonly #one = new Pace(ofOne);
  readonly #all = new Pace(ofAll);
  readonly #held = new Map<string, { atMs: number; claim: Claim }>();

  /** When something that is held back may go; Infinity: nothing is. */
  get dueAtMs(): number {
    return Math.min(Infinity, ...[...this.#held.values()].map(({ atMs }) => atMs));
  }

  /** What is to be told of the message, and of what was held back before; undefined: nothing. */
  admit(message: DriftMessage, nowMs: number): DriftMessage | undefined {
    const admitted: DriftMessage = {
      ...message,
      routers: message.routers.map((router) => ({ ...router, links: router.links.filter((link) => !isEndpoint(link)) })),
      sandboxNsids: [],
      sandboxNftables: [],
      lost: false,
    };
    for (const [key, claim] of [...this.#takeDue(nowMs), ...claimsOf(message)]) {
      const waitMs = (key === everything ? this.#all : this.#one).waitMs(key, nowMs);
      if (waitMs === 0) claim(admitted);
      else this.#held.set(key, { atMs: nowMs + waitMs, claim });
    }
    return isEmpty(admitted) ? undefined : admitted;
  }

  #takeDue(nowMs: number): Map<string, Claim> {
    const due = [...this.#held].filter(([, { atMs }]) => atMs <= nowMs);
    for (const [key] of due) this.#held.delete(key);
    return new Map(due.map(([key, { claim }]) => [key, claim]));
  }
}

const everything = 'everything';
const isEndpoint = (link: string): boolean => link.startsWith(endpointPrefix);

/** Each under a name of its own: what is claimed twice in a moment counts once. */
const claimsOf = ({ routers, sandboxNsids, sandboxNftables, lost }: DriftMessage): [key: string, claim: Claim][] => [
  ...routers.flatMap(({ nsid, links }) =>
    links
      .filter(isEndpoint)
      .map((link): [string, Claim] => [`link ${nsid} ${link}`, (message) => routerOf(message, nsid).links.push(link)]),
  ),
  ...sandboxNsids.map((nsid): [string, Claim] => [`sandbox ${nsid}`, ({ sandboxNsids: nsids }) => nsids.push(nsid)]),
  ...sandboxNftables.map((nsid): [string, Claim] => [`rules ${nsid}`, ({ sandboxNftables: nsids }) => nsids.push(nsid)]),
  ...(lost ? [[everything, (message) => (message.lost = true)] satisfies [string, Claim]] : []),
];

function routerOf({ routers }: DriftMessage, nsid: number | null): RouterDrift {
  const known = routers.find((router) => router.nsid === nsid);
  if (known) return known;
  const added = { nsid, links: [], linkIndexes: [], addresses: false, routes: false, lostEntries: [], nftables: false };
  routers.push(added);
  return added;
}

const isEmpty = ({ routers, othersLinks, sandboxNsids, sandboxNftables, lost }: DriftMessage): boolean =>
  !othersLinks &&
  !lost &&
  sandboxNsids.length + sandboxNftables.length === 0 &&
  routers.every(
    ({ links, linkIndexes, addresses, routes, lostEntries, nftables }) =>
      links.length + linkIndexes.length + lostEntries.length === 0 && !addresses && !routes && !nftables,
  );

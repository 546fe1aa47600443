import { deleteFlows, RouteSocket } from '@netyard/netlink';
import { portProtocolNumbers, type PolicyRules } from '@netyard/policy';
import type { Firewall } from '../firewall/firewall';
import { cutScript, uncutScript, type CutTuple } from './script';
import { Denials, protocolName, readFlows, type PresentFlow } from './tracked-flows';

/**
 * How long a flow stays cut. Its ends do not know, and one of them may send again: the rule that cut the flow looks at the direction in which it had begun, and
 * would take that packet for the beginning of another. TCP's ends ask after each other every two hours (tcp(7), tcp_keepalive_time).
 */
const tcpSeconds = 86_400;
const otherSeconds = 600;

/** Flows that policies have cut, while they may begin anew from the wrong end. */
export class CutFlows {
  readonly #cut = new Map<string, { present: PresentFlow; expiresAtMs: number }>();

  constructor(private readonly firewall: Firewall) {}

  /** Cuts what the rules deny now, and lets go of what they no longer deny; says how many were cut. Throws KernelError or NftError. */
  cut({ policies, members }: PolicyRules, isInForce: boolean): number {
    const denials = new Denials(policies);
    this.#release(denials, isInForce);
    const denied = readFlows(this.firewall, members).filter((present) => denials.of(present) !== null);
    if (denied.length === 0) return 0;
    if (isInForce) this.#keepOut(denied);
    const socket = RouteSocket.openNetfilter();
    try {
      return deleteFlows(
        socket,
        denied.map(({ tracked }) => tracked),
      );
    } finally {
      socket.close();
    }
  }

  /** What keeps cut flows out, to be added when the table is built anew. */
  script(): string {
    this.#forgetExpired();
    return script([...this.#cut.values()]);
  }

  #release(denials: Denials, isInForce: boolean): void {
    this.#forgetExpired();
    const released = [...this.#cut].filter(([, { present }]) => !isInForce || denials.of(present) === null);
    if (isInForce && released.length > 0)
      this.firewall.nft.runScript(uncutScript(released.flatMap(([, { present }]) => tuplesOf(present))));
    for (const [key] of released) this.#cut.delete(key);
  }

  #keepOut(denied: readonly PresentFlow[]): void {
    const added = denied
      .filter((present) => tuplesOf(present).length > 0)
      .map((present) => ({ present, expiresAtMs: Date.now() + secondsOf(present) * 1_000 }));
    this.firewall.nft.runScript(script(added));
    for (const cut of added) this.#cut.set(keyOf(cut.present), cut);
  }

  #forgetExpired(): void {
    for (const [key, { expiresAtMs }] of this.#cut) if (expiresAtMs <= Date.now()) this.#cut.delete(key);
  }
}

const secondsOf = ({ flow }: PresentFlow): number => (flow.protocol === portProtocolNumbers.tcp ? tcpSeconds : otherSeconds);

function script(cut: readonly { present: PresentFlow; expiresAtMs: number }[]): string {
  const seconds = new Map<CutTuple, number>();
  for (const { present, expiresAtMs } of cut)
    for (const tuple of tuplesOf(present)) seconds.set(tuple, Math.max(1, Math.round((expiresAtMs - Date.now()) / 1_000)));
  return cutScript([...seconds.keys()], (tuple) => seconds.get(tuple) ?? 1);
}

/** Both directions as the filter sees them: addresses of published ports are translated by then. None for protocols without ports, whose answers begin nothing. */
function tuplesOf({ tracked, flow }: PresentFlow): CutTuple[] {
  const { sourcePort } = tracked.original;
  if (sourcePort === null || flow.destinationPort === null) return [];
  const one = { address: String(flow.source.address), port: sourcePort };
  const other = { address: String(flow.destination.address), port: flow.destinationPort };
  const protocol = protocolName(flow.protocol);
  const tuple = (from: typeof one, to: typeof one): CutTuple => ({
    source: from.address,
    sourcePort: from.port,
    destination: to.address,
    destinationPort: to.port,
    protocol,
  });
  return [tuple(one, other), tuple(other, one)];
}

const keyOf = ({ flow, tracked }: PresentFlow): string =>
  [flow.protocol, flow.source.address, tracked.original.sourcePort, flow.destination.address, flow.destinationPort].join(' ');

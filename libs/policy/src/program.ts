import type { PolicyProtocol } from '@netyard/contracts';
import { covers, portProtocolNumbers, type PortProtocolName, type PortRange, type ProtocolClass } from './protocol';

/** A rule as it bears on a pair of ends that its selectors select: which flows between them it decides, and how. */
export interface Clause<Outcome> {
  protocol: PolicyProtocol;
  /** Empty: all. */
  ports: readonly PortRange[];
  outcome: Outcome;
}

/** What becomes of flows by protocol and port, with nothing left to try one after another. `null`: no clause matches. */
export interface Program<Outcome> {
  /** Disjoint, ascending, from port 0 to 65535. */
  ports: Record<PortProtocolName, readonly (PortRange & { outcome: Outcome | null })[]>;
  icmp: Outcome | null;
  other: Outcome | null;
}

export const portProtocolNames = Object.keys(portProtocolNumbers) as PortProtocolName[];
const lastPort = 65_535;

/** The first clause that matches decides. */
export function flatten<Outcome>(clauses: readonly Clause<Outcome>[]): Program<Outcome> {
  const firstWithoutPorts = (protocol: ProtocolClass): Outcome | null =>
    clauses.find((clause) => clause.ports.length === 0 && covers(clause.protocol, protocol))?.outcome ?? null;
  const portsOf = (name: PortProtocolName): Program<Outcome>['ports'][PortProtocolName] =>
    flattenPorts(clauses.filter(({ protocol }) => covers(protocol, name)));
  const ports = { tcp: portsOf('tcp'), udp: portsOf('udp'), sctp: portsOf('sctp') };
  return { ports, icmp: firstWithoutPorts('icmp'), other: firstWithoutPorts('other') };
}

function flattenPorts<Outcome>(clauses: readonly Clause<Outcome>[]): (PortRange & { outcome: Outcome | null })[] {
  const borders = new Set([0]);
  for (const { ports } of clauses)
    for (const { first, last } of ports) {
      borders.add(first);
      if (last < lastPort) borders.add(last + 1);
    }
  const starts = [...borders].sort((one, other) => one - other);
  const pieces: (PortRange & { outcome: Outcome | null })[] = [];
  starts.forEach((first, index) => {
    const last = (starts[index + 1] ?? lastPort + 1) - 1;
    const outcome =
      clauses.find(({ ports }) => ports.length === 0 || ports.some((range) => range.first <= first && first <= range.last))?.outcome ??
      null;
    const before = pieces.at(-1);
    if (before && before.outcome === outcome) before.last = last;
    else pieces.push({ first, last, outcome });
  });
  return pieces;
}

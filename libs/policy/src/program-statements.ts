import { icmpNumbers, portProtocolNumbers } from './protocol';
import { portProtocolNames, type Program } from './program';
import { isSame, type Statement, type Target } from './ruleset';

type PortEntry = Extract<Statement, { look: 'port' }>['entries'][number];
type ProtocolEntry = Extract<Statement, { look: 'protocol' }>['entries'][number];

/**
 * At most three lookups: by protocol and port, for ports that fare otherwise than most of their protocol; by protocol; then what is left. A program that
 * treats all flows alike is one statement.
 */
export function programStatements(program: Program<Target>): Statement[] {
  const rest = program.other ?? pass;
  const portEntries: PortEntry[] = [];
  const protocolEntries: ProtocolEntry[] = [];
  for (const protocol of portProtocolNames) {
    const pieces = program.ports[protocol].map(({ outcome, ...range }) => ({ ...range, target: outcome ?? pass }));
    const usual = mostCommon(pieces.map(({ target }) => target)) ?? rest;
    for (const { first, last, target } of pieces) if (!isSame(target, usual)) portEntries.push({ protocol, first, last, target });
    if (!isSame(usual, rest)) protocolEntries.push({ protocol: portProtocolNumbers[protocol], target: usual });
  }
  const icmp = program.icmp ?? pass;
  if (!isSame(icmp, rest)) for (const protocol of icmpNumbers) protocolEntries.push({ protocol, target: icmp });
  return [
    ...(portEntries.length > 0 ? [{ look: 'port', entries: portEntries } as const] : []),
    ...(protocolEntries.length > 0 ? [{ look: 'protocol', entries: protocolEntries } as const] : []),
    ...(rest.go === 'pass' ? [] : [{ look: 'nothing', counter: null, target: rest } as const]),
  ];
}

export const pass: Target = { go: 'pass' };

function mostCommon(targets: Target[]): Target | undefined {
  const counts = new Map<string, { target: Target; count: number }>();
  for (const target of targets) {
    const key = JSON.stringify(target);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { target, count: 1 });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count)[0]?.target;
}

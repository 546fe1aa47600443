import type { PolicyProtocol } from '@netyard/contracts';

/** Protocols whose flows have ports, with their numbers. Source: IANA, Assigned Internet Protocol Numbers. */
export const portProtocolNumbers = { tcp: 6, udp: 17, sctp: 132 } as const;
export type PortProtocolName = keyof typeof portProtocolNumbers;

/** ICMP for IPv4 and ICMPv6. */
export const icmpNumbers: readonly number[] = [1, 58];

/** What rules tell apart; `other` is every protocol that none of them can name. */
export type ProtocolClass = PortProtocolName | 'icmp' | 'other';

const classes = new Map<number, ProtocolClass>([
  ...Object.entries(portProtocolNumbers).map(([name, number]): [number, ProtocolClass] => [number, name as PortProtocolName]),
  ...icmpNumbers.map((number): [number, ProtocolClass] => [number, 'icmp']),
]);

export const protocolClass = (number: number): ProtocolClass => classes.get(number) ?? 'other';

/** Whether the rule's protocol comprises that one. */
export const covers = (ruleProtocol: PolicyProtocol, protocol: ProtocolClass): boolean =>
  ruleProtocol === 'any' || ruleProtocol === protocol;

export interface PortRange {
  first: number;
  last: number;
}

/** Reads `5432` or `8000-8100`, from 0 to 65535; undefined for anything else. */
export function parsePortRange(text: string): PortRange | undefined {
  const match = /^(0|[1-9]\d{0,4})(?:-(0|[1-9]\d{0,4}))?$/.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}

import type { AddressRange } from '@netyard/inet';
import { forwardChain, inputChain, type MemberMap, type Ruleset, type RulesetChange, type Statement, type Target } from '@netyard/policy';
import { tableName } from '../firewall/script';

/** Policies in the language of nft(8), in the inet table of the router namespace. */
const table = `inet ${tableName}`;

export interface Counts {
  packets: number;
  bytes: number;
}

/** A flow that was cut, in one direction; the name of its protocol is nft's. */
export interface CutTuple {
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
  protocol: string;
}

const cutSet = (isIpv6: boolean): string => (isIpv6 ? 'p-cut6' : 'p-cut4');
const cutInputChain = 'p-cut-input';

/** Packets of a flow that was cut would begin it anew, from the end that its rule does not look at. */
const dropCut = ['ip', 'ip6']
  .map((ip) => `    ${ip} saddr . th sport . ${ip} daddr . th dport . meta l4proto @${cutSet(ip === 'ip6')} drop\n`)
  .join('');

/** What the host answers to a flow that was cut is not looked at anywhere, so that what comes for the host is looked at always. */
const cutObjects = `${[false, true]
  .map((isIpv6) => {
    const address = isIpv6 ? 'ipv6_addr' : 'ipv4_addr';
    return `  set ${cutSet(isIpv6)} { type ${address} . inet_service . ${address} . inet_service . inet_proto; flags timeout; }\n`;
  })
  .join('')}  chain ${cutInputChain} {
    type filter hook input priority -5; policy accept;
${dropCut}  }
`;

/** Neighbour discovery (RFC 4861) and reports of multicast listeners (RFC 3810) are how a link works; no policy is about them. */
const preambles: Record<string, string> = {
  [forwardChain]: `    icmpv6 type { 130-136, 143 } return\n${dropCut}`,
  [inputChain]: '    icmpv6 type { 130-136, 143 } return\n',
};

/** Everything that policies have in the table, to be added to it when it is built; nothing when there are none. */
export function wholeScript(ruleset: Ruleset, counts: ReadonlyMap<string, Counts>): string {
  if ((ruleset.chains.get(forwardChain) ?? []).length === 0)
    return ruleset.counters.size === 0 ? '' : block(countersText([...ruleset.counters], counts));
  return block(
    countersText([...ruleset.counters], counts) +
      cutObjects +
      [...ruleset.maps.values()].map(mapText).join('') +
      [...ruleset.chains].map(([name, statements]) => chainText(name, statements)).join(''),
  );
}

/** A change, as one transaction. `counts` are those of the counters that others take over from; `hadRules`: whether there was any policy with an effect before. */
export function changeScript(change: RulesetChange, counts: ReadonlyMap<string, Counts>, hadRules: boolean): string {
  const entrance = change.rewrittenChains.get(forwardChain);
  const hasRules = entrance ? entrance.length > 0 : hadRules;
  const emptied = [...change.rewrittenChains.keys(), ...change.removedChains];
  const removals = [
    ...[...change.removedEntries]
      .filter(([, keys]) => keys.size > 0)
      .map(([map, keys]) => `delete element ${table} ${map} { ${[...keys].join(', ')} }`),
    ...emptied.map((chain) => `flush chain ${table} ${chain}`),
    ...(hadRules && !hasRules ? removedCutObjects : []),
    ...[...change.removedMaps].map((map) => `delete map ${table} ${map}`),
    ...[...change.removedChains].map((chain) => `delete chain ${table} ${chain}`),
    ...[...change.removedCounters].map((counter) => `delete counter ${table} ${counter}`),
  ];
  const inherited = new Map(change.addedCounters.map(({ name, from }) => [name, counts.get(from ?? '') ?? none]));
  const additions =
    countersText([...inherited.keys()], inherited) +
    (!hadRules && hasRules ? cutObjects : '') +
    [...change.addedMaps.values()].map(mapText).join('') +
    [...change.addedChains, ...change.rewrittenChains].map(([name, statements]) => chainText(name, statements)).join('');
  const entries = [...change.addedEntries].filter(([, added]) => added.size > 0);
  return [
    ...removals.map((line) => `${line}\n`),
    additions === '' ? '' : block(additions),
    ...entries.map(([map, added]) => `add element ${table} ${map} { ${entriesText(added)} }\n`),
  ].join('');
}

/** Keeps what comes of such flows out, for as long. What is there already is no error. */
export function cutScript(tuples: readonly CutTuple[], timeoutSeconds: (tuple: CutTuple) => number): string {
  return eachFamily(
    tuples,
    (set, own) =>
      `add element ${table} ${set} { ${own.map((tuple) => `${tupleText(tuple)} timeout ${timeoutSeconds(tuple)}s`).join(', ')} }\n`,
  );
}

/** Lets such flows begin again. What has gone by itself is no error. */
export function uncutScript(tuples: readonly CutTuple[]): string {
  return eachFamily(tuples, (set, own) => {
    const keys = own.map(tupleText).join(', ');
    return `add element ${table} ${set} { ${keys} }\ndelete element ${table} ${set} { ${keys} }\n`;
  });
}

function eachFamily(tuples: readonly CutTuple[], line: (set: string, own: CutTuple[]) => string): string {
  return [false, true]
    .map((isIpv6) => {
      const own = tuples.filter(({ source }) => source.includes(':') === isIpv6);
      return own.length === 0 ? '' : line(cutSet(isIpv6), own);
    })
    .join('');
}

export const tupleText = ({ source, sourcePort, destination, destinationPort, protocol }: CutTuple): string =>
  [source, sourcePort, destination, destinationPort, protocol].join(' . ');

const none: Counts = { packets: 0, bytes: 0 };
const removedCutObjects = [
  `flush chain ${table} ${cutInputChain}`,
  `delete chain ${table} ${cutInputChain}`,
  ...[false, true].map((isIpv6) => `delete set ${table} ${cutSet(isIpv6)}`),
];

const block = (text: string): string => `table ${table} {\n${text}}\n`;

const countersText = (names: readonly string[], counts: ReadonlyMap<string, Counts>): string =>
  names
    .map((name) => {
      const { packets, bytes } = counts.get(name) ?? none;
      return `  counter ${name} { packets ${packets} bytes ${bytes} }\n`;
    })
    .join('');

function mapText({ name, family, entries }: MemberMap): string {
  const elements = entries.size === 0 ? '' : ` elements = { ${entriesText(entries)} };`;
  return `  map ${name} { type ifname . ${family === 'IPv4' ? 'ipv4_addr' : 'ipv6_addr'} : verdict;${elements} }\n`;
}

const entriesText = (entries: ReadonlyMap<string, Target>): string =>
  [...entries].map(([key, target]) => `${key} : ${verdictText(target)}`).join(', ');

function chainText(name: string, statements: readonly Statement[]): string {
  const preamble = statements.length > 0 ? (preambles[name] ?? '') : '';
  return `  chain ${name} {\n${preamble}${statements.map((statement) => `    ${statementText(statement)}\n`).join('')}  }\n`;
}

function statementText(statement: Statement): string {
  switch (statement.look) {
    case 'member':
      return `${linkOf(statement.end)} . ${addressOf(statement)} vmap @${statement.map}`;
    case 'bridge-range':
      return vmap(
        `${linkOf(statement.end)} . ${addressOf(statement)}`,
        statement.entries.map(({ bridge, range, target }) => [`"${bridge}" . ${rangeText(range)}`, target]),
      );
    case 'range':
      return vmap(
        addressOf(statement),
        statement.entries.map(({ range, target }) => [rangeText(range), target]),
      );
    case 'bridge':
      return vmap(
        linkOf(statement.end),
        statement.entries.map(({ bridge, target }) => [`"${bridge}"`, target]),
      );
    case 'within':
      return vmap(
        'iifname . oifname',
        statement.entries.map(({ bridge, target }) => [`"${bridge}" . "${bridge}"`, target]),
      );
    case 'port':
      return vmap(
        'meta l4proto . th dport',
        statement.entries.map(({ protocol, first, last, target }) => [
          `${protocol} . ${first === last ? first : `${first}-${last}`}`,
          target,
        ]),
      );
    case 'protocol':
      return vmap(
        'meta l4proto',
        statement.entries.map(({ protocol, target }) => [String(protocol), target]),
      );
    case 'nothing':
      return `${statement.counter === null ? '' : `counter name ${statement.counter} `}${verdictText(statement.target)}`;
  }
}

const vmap = (key: string, entries: [string, Target][]): string =>
  `${key} vmap { ${entries.map(([value, target]) => `${value} : ${verdictText(target)}`).join(', ')} }`;

const linkOf = (end: 'source' | 'destination'): string => (end === 'source' ? 'iifname' : 'oifname');
const addressOf = ({ end, family }: { end: 'source' | 'destination'; family: string }): string =>
  `${family === 'IPv4' ? 'ip' : 'ip6'} ${end === 'source' ? 'saddr' : 'daddr'}`;
const rangeText = (range: AddressRange): string => (range.size === 1n ? String(range.first) : String(range));
const verdictText = (target: Target): string =>
  'chain' in target ? `${target.go} ${target.chain}` : target.go === 'pass' ? 'return' : target.go;

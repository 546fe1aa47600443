import { bridgeLinkName } from '@netyard/contracts';
import type { AddressRange } from '@netyard/inet';
import type { Flow } from '../flow';
import { protocolClass } from '../protocol';
import { memberKey, type MemberMap, type Statement, type Target } from '../ruleset';

/** Chains and maps as the kernel would have them. */
export interface Rules {
  chains: ReadonlyMap<string, readonly Statement[]>;
  maps: ReadonlyMap<string, MemberMap>;
}

export interface Outcome {
  verdict: 'accept' | 'drop' | 'pass';
  counted: string[];
  /** How many lookups were made. */
  lookups: number;
}

/** Sends the first packet of a flow through the rules, as the kernel would. Throws Error where a chain or map is missing. */
export function interpret(flow: Flow, rules: Rules, chain: string): Outcome {
  const outcome: Outcome = { verdict: 'pass', counted: [], lookups: 0 };
  outcome.verdict = run(flow, rules, chain, outcome);
  return outcome;
}

function run(flow: Flow, rules: Rules, name: string, outcome: Outcome): Outcome['verdict'] {
  const statements = rules.chains.get(name);
  if (!statements) throw new Error(`there is no chain ${name}`);
  for (const statement of statements) {
    outcome.lookups++;
    if (statement.look === 'nothing' && statement.counter !== null) outcome.counted.push(statement.counter);
    const target = find(flow, rules, statement);
    if (!target) continue;
    if (target.go === 'goto') return run(flow, rules, target.chain, outcome);
    if (target.go !== 'jump') return target.go;
    const verdict = run(flow, rules, target.chain, outcome);
    if (verdict !== 'pass') return verdict;
  }
  return 'pass';
}

function find(flow: Flow, rules: Rules, statement: Statement): Target | undefined {
  switch (statement.look) {
    case 'member': {
      const map = rules.maps.get(statement.map);
      if (!map) throw new Error(`there is no map ${statement.map}`);
      const { address } = flow[statement.end];
      return address.family === statement.family ? map.entries.get(memberKey(bridgeOf(flow[statement.end]), String(address))) : undefined;
    }
    case 'bridge-range':
      return statement.entries.find(({ bridge, range }) => bridge === bridgeOf(flow[statement.end]) && isIn(range, flow[statement.end]))
        ?.target;
    case 'range':
      return statement.entries.find(({ range }) => isIn(range, flow[statement.end]))?.target;
    case 'bridge':
      return statement.entries.find(({ bridge }) => bridge === bridgeOf(flow[statement.end]))?.target;
    case 'within':
      return statement.entries.find(({ bridge }) => bridge === bridgeOf(flow.source) && bridge === bridgeOf(flow.destination))?.target;
    case 'port':
      return statement.entries.find(
        ({ protocol, first, last }) =>
          protocolClass(flow.protocol) === protocol &&
          flow.destinationPort !== null &&
          first <= flow.destinationPort &&
          flow.destinationPort <= last,
      )?.target;
    case 'protocol':
      return statement.entries.find(({ protocol }) => protocol === flow.protocol)?.target;
    case 'nothing':
      return statement.target;
  }
}

const bridgeOf = ({ networkId }: Flow['source']): string => (networkId === null ? '' : bridgeLinkName(networkId));
const isIn = (range: AddressRange, { address }: Flow['source']): boolean => range.contains(address);

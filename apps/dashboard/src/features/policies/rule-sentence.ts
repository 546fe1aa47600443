import type { PolicyRule, PolicySelector } from '@netyard/api-client';
import { policies as text } from '../../messages';

/** A rule as people say it: who, whether they may, and whom they reach by what. */
export interface RuleSentence {
  who: string;
  may: string;
  rest: string;
}

/** Says a rule of a policy of the network. */
export function ruleSentence({ action, protocol, ports, from, to, direction }: PolicyRule, network: string): RuleSentence {
  return {
    who: sideText(from, network),
    may: text.verb[action],
    rest: text.rest(sideText(to, network), text.by(protocol, ports), direction),
  };
}

function sideText(selector: PolicySelector | undefined, own: string): string {
  if (!selector) return text.anyone;
  const { endpoints = [], labels, cidrs = [], network } = selector;
  const words = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const among = network ?? own;
  const members = words.length > 0 ? [text.labelled(among, words.join(', '))] : labels || network ? [text.everyEndpoint(among)] : [];
  return text.either([...endpoints, ...members, ...cidrs]);
}

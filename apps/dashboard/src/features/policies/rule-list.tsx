'use client';

import type { PolicyCounters, PolicyRule } from '@netyard/api-client';
import clsx from 'clsx';
import { policies as text } from '../../messages';
import { ruleSentence } from './rule-sentence';

interface RuleListProps {
  label: string;
  rules: readonly PolicyRule[];
  /** The network whose flows they decide on. */
  network: string;
  counters?: PolicyCounters | undefined;
}

/** Rules in their order, each as a sentence, with the flows that it has decided. */
export function RuleList({ label, rules, network, counters }: RuleListProps) {
  return (
    <ol aria-label={label} className="flex flex-col rounded-md border border-line">
      {rules.map((rule, index) => {
        const count = counters?.rules[index];
        return (
          <li key={index} className="flex gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
            <span className="text-ink-3 tabular-nums">{index + 1}</span>
            <div className="min-w-0 flex-1">
              <Sentence rule={rule} network={network} />
              {count && <FlowCount packets={count.packets} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** One rule in words. */
export function Sentence({ rule, network }: { rule: PolicyRule; network: string }) {
  const { who, may, rest } = ruleSentence(rule, network);
  return (
    <p className="break-words">
      {who} <span className={clsx('font-medium', rule.action === 'deny' ? 'text-failing' : 'text-ready')}>{may}</span> {rest}
    </p>
  );
}

export function FlowCount({ packets }: { packets: number }) {
  return <span className="block text-[12px] leading-[18px] text-ink-2 tabular-nums">{text.flows(packets)}</span>;
}

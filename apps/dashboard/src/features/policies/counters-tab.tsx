'use client';

import type { PolicyCounters, PolicyRule } from '@netyard/api-client';
import { policies as words } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { PlainTable } from '../../ui/plain-table';
import { None } from '../inventory/cells';
import type { PolicyRow } from '../inventory/inventory';
import { Card } from '../page/card';
import { QuestionState } from '../page/question-state';
import { Sentence } from './rule-list';
import { usePolicyCounters } from './use-policy-counters';

const text = words.counters;
type Count = PolicyCounters['defaultDenied'];

interface CounterRow {
  /** Counted from 1; null: the default. */
  index: number | null;
  rule: PolicyRule | null;
  all: Count;
  byHost: { host: string; packets: number }[];
}

/** What each rule has decided, on all hosts and on each. */
export function CountersTab({ row }: { row: PolicyRow }) {
  const question = usePolicyCounters(row);
  if (!question.data && !question.error && row.health.tone !== 'ready') return <Nothing title={text.notYet} />;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-2">{text.about}</p>
      <QuestionState question={question}>
        {(counters) => {
          const rows = counterRows(row, counters);
          return rows.length === 0 ? <Nothing title={text.none} say={text.noneHow} /> : <Counters row={row} rows={rows} />;
        }}
      </QuestionState>
    </div>
  );
}

function Counters({ row, rows }: { row: PolicyRow; rows: CounterRow[] }) {
  return (
    <PlainTable
      label={words.tabs.counters}
      rows={rows}
      keyOf={({ index }) => String(index)}
      columns={[
        { title: text.rule, cell: ({ index }) => index ?? text.default },
        {
          title: text.decides,
          cell: ({ rule }) => (rule ? <Sentence rule={rule} network={row.networkName} /> : text.defaultDenies),
        },
        { title: text.newFlows, align: 'end', cell: ({ all }) => text.amount(all.packets) },
        { title: text.bytes, align: 'end', isWideOnly: true, cell: ({ all }) => text.amount(all.bytes) },
        {
          title: text.byHost,
          isWideOnly: true,
          cell: ({ byHost }) =>
            byHost.length === 0 ? (
              <None />
            ) : (
              byHost.map(({ host, packets }) => (
                <span key={host} className="block whitespace-nowrap">
                  {text.ofHost(host, packets)}
                </span>
              ))
            ),
        },
      ]}
    />
  );
}

/** Rules in their order, then the default when it denies. What was counted of rules that have changed meanwhile belongs to none of these. */
function counterRows({ object: { spec } }: PolicyRow, { rules, defaultDenied, hosts }: PolicyCounters): CounterRow[] {
  const rows = spec.rules.flatMap((rule, place): CounterRow[] => {
    const all = rules[place];
    const byHost = hosts.flatMap(({ host, rules: counts }) => (counts[place] ? [{ host, packets: counts[place].packets }] : []));
    return all ? [{ index: place + 1, rule, all, byHost }] : [];
  });
  if (spec.defaultAction !== 'deny') return rows;
  const byHost = hosts.map(({ host, defaultDenied: { packets } }) => ({ host, packets }));
  return [...rows, { index: null, rule: null, all: defaultDenied, byHost }];
}

const Nothing = ({ title, say }: { title: string; say?: string }) => (
  <Card>
    <EmptyState title={title}>{say && <p className="text-ink-2">{say}</p>}</EmptyState>
  </Card>
);

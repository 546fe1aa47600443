'use client';

import type { AuditEntry } from '@netyard/api-client';
import clsx from 'clsx';
import { CircleAlert, CircleCheck, ShieldX, type LucideIcon } from 'lucide-react';
import { audit as text } from '../../messages';
import { Disclosure } from '../../ui/disclosure';
import { Fact, Facts } from '../../ui/facts';
import { Time } from '../../ui/time';
import { differences, type Value } from '../changes/difference';
import { DifferenceTable } from '../changes/difference-table';

const outcomeLooks: Record<AuditEntry['outcome'], { icon: LucideIcon; className: string }> = {
  done: { icon: CircleCheck, className: 'text-ready' },
  refused: { icon: ShieldX, className: 'text-warning' },
  failed: { icon: CircleAlert, className: 'text-failing' },
};

/** One entry: a line that says who did what, and all the rest a click away. */
export function AuditItem({ entry }: { entry: AuditEntry }) {
  const { icon: Icon, className } = outcomeLooks[entry.outcome];
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-2 last:border-b-0">
      <span className={clsx('inline-flex w-20 shrink-0 items-center gap-1.5 pt-0.5 text-[12px] font-medium max-sm:w-auto', className)}>
        <Icon className="size-4 shrink-0" aria-hidden="true" />
        <span className="max-sm:sr-only">{text.outcomes[entry.outcome]}</span>
      </span>
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <span className="font-semibold">{entry.actor.name}</span>{' '}
          <span className="text-ink-2">{entry.verb && entry.resource ? text.entry(entry.verb, entry.resource) : entry.method}</span>{' '}
          <span className="font-medium">{entry.object ?? entry.path}</span>
          {entry.tenant && <span className="text-ink-3"> · {entry.tenant}</span>}
        </p>
        {entry.detail && <p className="text-[12px] leading-[18px] break-words text-ink-2">{entry.detail}</p>}
        <Disclosure label={text.request}>{() => <Details entry={entry} />}</Disclosure>
      </div>
      <span className="shrink-0 text-[12px] leading-5 text-ink-3">
        <Time at={entry.at} />
      </span>
    </li>
  );
}

function Details({ entry }: { entry: AuditEntry }) {
  const changed = differences(valueOf(entry.before), valueOf(entry.after));
  return (
    <div className="flex flex-col gap-3 pt-2 pb-1">
      <Facts>
        <Fact name={text.request}>
          <code className="text-[12px] break-all">
            {entry.method} {entry.path}
          </code>
        </Fact>
        <Fact name={text.status}>
          {entry.status}
          {entry.problem && <code className="ml-2 text-[12px] text-ink-2">{entry.problem}</code>}
        </Fact>
        <Fact name={text.actor}>
          {entry.actor.name} <span className="text-ink-3">({kindText(entry.actor.kind)})</span>
        </Fact>
        <Fact name={text.from}>{entry.source}</Fact>
        <Fact name={text.requestId}>
          <code className="text-[12px] break-all">{entry.requestId}</code>
        </Fact>
      </Facts>
      {entry.outcome === 'done' &&
        (changed.length > 0 ? (
          <DifferenceTable label={text.changes} differences={changed} />
        ) : (
          <p className="text-ink-3">{text.noChanges}</p>
        ))}
    </div>
  );
}

const kindText = (kind: AuditEntry['actor']['kind']): string => text.kinds[kind];

/** The API's answer is JSON, whatever its type says. */
const valueOf = (document: AuditEntry['before']): Value | undefined => (document === null ? undefined : (document as Value));

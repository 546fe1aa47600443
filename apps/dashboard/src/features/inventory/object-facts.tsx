'use client';

import { objects } from '../../messages';
import { Fact } from '../../ui/facts';
import { Time } from '../../ui/time';
import type { AnyRow } from './inventory';

/** What every object has. */
export function ObjectFacts({ row: { object } }: { row: AnyRow }) {
  const { id, labels, createdAt } = object.metadata;
  return (
    <>
      {Object.keys(labels).length > 0 && (
        <Fact name={objects.facts.labels}>
          <span className="flex flex-wrap gap-1">
            {Object.entries(labels).map(([key, value]) => (
              <span key={key} className="rounded bg-sunken px-1.5 text-[12px] leading-5 text-ink-2">
                {value ? `${key}=${value}` : key}
              </span>
            ))}
          </span>
        </Fact>
      )}
      <Fact name={objects.facts.created}>
        <Time at={createdAt} />
      </Fact>
      <Fact name={objects.facts.id}>
        <span className="text-[12px] text-ink-2 select-all">{id}</span>
      </Fact>
    </>
  );
}

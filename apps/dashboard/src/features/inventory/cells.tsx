'use client';

import { controls } from '../../messages';
import { StatusBadge } from '../../ui/status-badge';
import { Tooltip } from '../../ui/tooltip';
import type { Health } from '../../api/health';
import type { AnyRow } from './inventory';
import { useViewActions, type SelectableKind } from './view-state';

/** The status of a row: icon and word; what is wrong comes up on hover and on focus. */
export function HealthCell({ health }: { health: Health }) {
  const badge = <StatusBadge tone={health.tone} label={health.label} />;
  if (!health.message) return <span className="inline-flex h-6 items-center align-middle">{badge}</span>;
  return (
    <Tooltip text={health.message}>
      <button
        type="button"
        className="inline-flex h-6 items-center rounded align-middle underline decoration-dotted decoration-from-font underline-offset-4"
      >
        {badge}
      </button>
    </Tooltip>
  );
}

/** The name of an object, which opens its details. */
export function NameCell({ row }: { row: AnyRow }) {
  return <ObjectLink kind={row.kind} name={row.name} strong />;
}

/** Another object's name, which opens that one's details. */
export function ObjectLink({ kind, name, strong = false }: { kind: SelectableKind; name: string; strong?: boolean }) {
  const { select } = useViewActions();
  return (
    <button
      type="button"
      onClick={() => select({ kind, name })}
      title={name}
      className={`-my-0.5 inline-block h-6 max-w-full min-w-6 truncate rounded text-left align-middle leading-6 hover:text-accent hover:underline ${strong ? 'font-medium text-ink' : 'text-ink-2'}`}
    >
      {name}
    </button>
  );
}

/** Stands for what an object does not have. */
export const None = () => (
  <span className="text-ink-3">
    <span aria-hidden="true">–</span>
    <span className="sr-only">{controls.none}</span>
  </span>
);

/** The first two of a list and how many more there are; only the first where the table is narrow. */
export function Listed({ values }: { values: readonly string[] }) {
  const [first, second, ...more] = values;
  if (first === undefined) return <None />;
  return (
    <span title={second === undefined ? undefined : values.join('\n')}>
      {first}
      {second !== undefined && <span className="hidden @2xl:inline">, {second}</span>}
      {more.length > 0 && <span className="hidden text-ink-3 @2xl:inline"> +{more.length}</span>}
    </span>
  );
}

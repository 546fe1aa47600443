'use client';

import type { Condition } from '@netyard/api-client';
import { isWarning } from '../../api/health';
import { objects } from '../../messages';
import { StatusIcon } from '../../ui/status-badge';
import { Time } from '../../ui/time';

const tones = { True: 'ready', False: 'failing', Unknown: 'unknown' } as const;

/** What the object's host has said of it, part by part. */
export function Conditions({ title = objects.conditions, conditions }: { title?: string; conditions: readonly Condition[] }) {
  if (conditions.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-[12px] font-medium text-ink-3">{title}</h3>
      <ul aria-label={title} className="flex flex-col rounded-md border border-line">
        {conditions.map((condition) => {
          const { type, status, reason, message, lastTransitionTime } = condition;
          return (
            <li key={type} className="border-b border-line px-3 py-1.5 last:border-b-0">
              <div className="flex items-center gap-2">
                <StatusIcon tone={isWarning(condition) ? 'warning' : tones[status]} className="size-3.5" />
                <span className="font-medium">{type}</span>
                <span className="sr-only">{objects.conditionIs(status)}</span>
                <span className="truncate text-ink-2">{reason}</span>
                <span className="flex-1" />
                <span className="text-[12px] whitespace-nowrap text-ink-3">
                  <Time at={lastTransitionTime} />
                </span>
              </div>
              {message && <p className="pl-5.5 text-[12px] leading-[18px] text-ink-2">{message}</p>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

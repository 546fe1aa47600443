'use client';

import { unwrap } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { api } from '../../api/client';
import { probesKey } from '../../api/query-keys';
import { tour } from '../../messages';
import { Button, IconButton } from '../../ui/button';
import type { Inventory } from '../inventory/inventory';
import { useViewActions, type DialogName } from '../inventory/view-state';
import { Card } from '../page/card';
import { useDialogRefusal } from '../session/session-context';
import { stepsDone } from './tour-steps';

const dismissedKey = 'netyard:tour-dismissed';
const dialogs: readonly DialogName[] = ['create-network', 'join', 'ping'];
/** Who has more than this knows the way. */
const beginnersEndpoints = 10;

/** Leads through the first three steps, until they are done or not wanted. */
export function Tour({ inventory }: { inventory: Inventory }) {
  const { open } = useViewActions();
  const isDismissed = useSyncExternalStore(subscribe, readDismissed, () => true);
  const mayBegin = useDialogRefusal()('create-network') === undefined;
  const isBeginner = mayBegin && inventory.endpoints.length <= beginnersEndpoints;
  const { data: hasProbed = false } = useQuery({
    queryKey: [...probesKey(null), 'any'],
    queryFn: async () => unwrap(await api.GET('/v1/probes', { params: { query: { limit: 1 } } })).items.length > 0,
    enabled: !isDismissed && isBeginner,
    refetchInterval: 5000,
  });
  const done = stepsDone(inventory, hasProbed);
  const next = done.indexOf(false);
  if (isDismissed || !isBeginner || next < 0) return null;
  return (
    <Card label={tour.title}>
      <header className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
        <h2 className="flex-1 font-semibold">{tour.title}</h2>
        <IconButton label={tour.dismiss} onClick={dismiss}>
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      </header>
      <ol className="grid divide-line max-md:divide-y md:grid-cols-3 md:divide-x">
        {tour.steps.map(({ title, say, action }, index) => (
          <li key={title} aria-current={index === next ? 'step' : undefined} className="flex flex-col items-start gap-2 px-4 py-3">
            <h3 className="flex items-center gap-2 font-medium">
              {done[index] ? (
                <CircleCheck className="size-5 text-ready" aria-label={tour.done} />
              ) : (
                <span aria-hidden="true" className="grid size-5 place-items-center rounded-full bg-sunken text-[11px] font-semibold">
                  {index + 1}
                </span>
              )}
              {title}
            </h3>
            <p className="text-ink-2">{say}</p>
            {index === next && (
              <Button size="small" variant="primary" onClick={() => open(dialogs[index] ?? 'join')}>
                {action}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const readDismissed = (): boolean => {
  try {
    return localStorage.getItem(dismissedKey) !== null;
  } catch {
    // A browser that keeps nothing shows it again.
    return false;
  }
};

function dismiss(): void {
  try {
    localStorage.setItem(dismissedKey, 'yes');
  } catch {
    // The same.
  }
  for (const listener of listeners) listener();
}

'use client';

import { useEffect, useRef, useState } from 'react';
import type { Inventory } from '../inventory/inventory';
import { topology as text } from '../../messages/topology';
import { announcementOf, statesOf, type States } from './model/announcements';
import type { Topology } from './model/graph';

/** So long at least between two announcements; what changes meanwhile is told together. */
const quietMs = 4_000;

/** Tells who does not see the drawing how the state of what it shows changes. */
export function Announcer({ topology, inventory }: { topology: Topology; inventory: Inventory }) {
  const [said, setSaid] = useState('');
  const told = useRef<States | null>(null);
  const latest = useRef({ topology, inventory });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = { topology, inventory };
    told.current ??= statesOf(topology, inventory);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const now = statesOf(latest.current.topology, latest.current.inventory);
      const announcement = announcementOf(told.current ?? now, now);
      told.current = now;
      if (announcement !== '') setSaid(announcement);
    }, quietMs);
  }, [topology, inventory]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return (
    <p role="status" aria-label={text.changes} className="sr-only">
      {said}
    </p>
  );
}

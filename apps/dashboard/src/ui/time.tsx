'use client';

import { useEffect, useState } from 'react';
import { controls } from '../messages';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** The largest unit in which the distance is at least one; seconds below ten are "now". */
export function relativeTime(fromMs: number, nowMs: number): string {
  const seconds = Math.round((fromMs - nowMs) / 1000);
  const size = Math.abs(seconds);
  if (size < 10) return controls.justNow;
  if (size < 60) return relative.format(seconds, 'second');
  if (size < 3600) return relative.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour');
  return relative.format(Math.trunc(seconds / 86_400), 'day');
}

/** A time as its distance from now, with the full time in the user's zone as its title. */
export function Time({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(at);
  return (
    <time dateTime={at} title={absolute.format(date)}>
      {relativeTime(date.getTime(), now)}
    </time>
  );
}

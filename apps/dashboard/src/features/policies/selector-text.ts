import type { PolicySelector } from '@netyard/api-client';
import { afterEquals, beforeEquals, joinList, splitList } from '../form/listed';

/**
 * A selector as one line of text, with commas between: endpoints by name, `key=value` for labels, prefixes such as `10.0.0.0/8`, and
 * `network:name`. Nothing selects everything.
 */
export function selectorText(selector: PolicySelector | undefined): string {
  if (!selector) return '';
  const { endpoints = [], labels, cidrs = [], network } = selector;
  const labelWords = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const everyEndpoint = labels && labelWords.length === 0 ? ['*'] : [];
  return joinList([...endpoints, ...everyEndpoint, ...labelWords, ...cidrs, ...(network ? [`network:${network}`] : [])]);
}

/** Reads what `selectorText` writes; undefined for nothing. */
export function parseSelector(text: string): PolicySelector | undefined {
  const selector: PolicySelector = {};
  for (const item of splitList(text)) {
    if (item === '*') selector.labels ??= {};
    else if (item.startsWith('network:')) selector.network = item.slice('network:'.length).trim();
    else if (item.includes('=')) selector.labels = { ...selector.labels, [beforeEquals(item)]: afterEquals(item) };
    else if (item.includes('/') || item.includes(':')) selector.cidrs = [...(selector.cidrs ?? []), item];
    else selector.endpoints = [...(selector.endpoints ?? []), item];
  }
  return Object.keys(selector).length > 0 ? selector : undefined;
}

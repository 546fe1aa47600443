'use client';

import { createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { parseGrouping, type Grouping } from './model/grouping';
import type { View } from './paint/view';

const grouping = createParser<Grouping>({ parse: parseGrouping, serialize: String });

/** What nodes are put together by. */
export const useGrouping = () => useQueryState('group', grouping.withDefault('host'));

export const forms = ['graph', 'table'] as const;
export type Form = (typeof forms)[number];

/** Whether the topology is drawn or listed. */
export const useForm = () => useQueryState('as', parseAsStringLiteral(forms).withDefault('graph'));

/** Groups that are not as they would be by themselves: open in a large topology, folded in a small one. */
export const useTurned = () => useQueryState('turned', parseAsArrayOf(parseAsString).withDefault([]));

const view = createParser<View>({
  parse(text) {
    const [x, y, zoom] = text.split(',').map(Number);
    return x !== undefined && y !== undefined && zoom !== undefined && [x, y, zoom].every(Number.isFinite) && zoom > 0
      ? { x, y, zoom }
      : null;
  },
  serialize: ({ x, y, zoom }) => `${Math.round(x)},${Math.round(y)},${Number(zoom.toFixed(3))}`,
  eq: (a, b) => a.x === b.x && a.y === b.y && a.zoom === b.zoom,
});

/** What part of the drawing is in view; null: all of it. Written when a movement has ended. */
export const useView = () => useQueryState('at', view.withOptions({ history: 'replace', throttleMs: 500 }));

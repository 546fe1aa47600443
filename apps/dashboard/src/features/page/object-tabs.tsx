'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { objects } from '../../messages';
import { Tabs, type Tab } from '../../ui/tabs';

interface ObjectTabsProps {
  kind: string;
  name: string;
  /** The first is shown until another is chosen. */
  tabs: readonly Tab[];
}

/** The views of an object; the address says which one is shown. */
export function ObjectTabs({ kind, name, tabs }: ObjectTabsProps) {
  const first = tabs[0]?.id ?? '';
  const [chosen, setChosen] = useQueryState('tab', parseAsString.withDefault(first).withOptions({ history: 'push' }));
  const value = tabs.some(({ id }) => id === chosen) ? chosen : first;
  return (
    <Tabs label={objects.tabs.label(kind, name)} tabs={tabs} value={value} onChange={(id) => void setChosen(id === first ? null : id)} />
  );
}

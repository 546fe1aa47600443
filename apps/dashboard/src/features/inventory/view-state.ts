'use client';

import type { SortingState } from '@tanstack/react-table';
import { createContext, useContext, useMemo } from 'react';
import { createParser, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';

export const dialogs = [
  'create-network',
  'create-sandbox',
  'create-policy',
  'join',
  'publish',
  'edit',
  'names',
  'ping',
  'drain',
  'leave',
  'delete',
] as const;
export type DialogName = (typeof dialogs)[number];

export const selectableKinds = ['host', 'network', 'sandbox', 'endpoint', 'port', 'policy'] as const;
export type SelectableKind = (typeof selectableKinds)[number];

/** An object as the address bar names it, e.g. `network/web`. */
export interface ObjectName {
  kind: SelectableKind;
  name: string;
}

const objectName = createParser<ObjectName>({
  parse(text) {
    const [kindText, name] = text.split('/');
    const kind = selectableKinds.find((known) => known === kindText);
    return kind && name ? { kind, name } : null;
  },
  serialize: ({ kind, name }) => `${kind}/${name}`,
  eq: (a, b) => a.kind === b.kind && a.name === b.name,
});

/** `-name`: by name, downwards. */
const sorting = createParser<SortingState>({
  parse: (text) => [{ id: text.replace(/^-/, ''), desc: text.startsWith('-') }],
  serialize: ([first]) => (first ? `${first.desc ? '-' : ''}${first.id}` : ''),
  eq: (a, b) => a[0]?.id === b[0]?.id && a[0]?.desc === b[0]?.desc,
});

/** The words that rows have to match. */
export const useFilter = () => useQueryState('q', parseAsString.withDefault('').withOptions({ throttleMs: 150 }));

/** The object whose details are shown. */
export const useSelection = () => useQueryState('show', objectName.withOptions({ history: 'push' }));

export type TableName =
  | 'networks'
  | 'sandboxes'
  | 'endpoints'
  | 'policies'
  | 'concerned'
  | 'hosts'
  | 'members'
  | 'tokens'
  | 'tenants'
  | 'users'
  | 'enrolments'
  | 'sessions'
  | 'shares';

/** How one table is sorted; by name unless told otherwise. */
export const useSorting = (table: TableName) => useQueryState(`sort-${table}`, sorting.withDefault(byName));

const byName: SortingState = [{ id: 'name', desc: false }];

/** The dialog that is open, the object that it is about, and the one that it is to be brought together with. */
export function useDialog() {
  const [{ dialog, on, to, address }, setState] = useQueryStates(dialogParsers, { history: 'push' });
  const close = () => void setState({ dialog: null, on: null, to: null, address: null }, { history: 'replace' });
  return { dialog, on, to, address, close };
}

/** `address`: the one that a join begins with. */
const dialogParsers = { dialog: parseAsStringLiteral(dialogs), on: objectName, to: objectName, address: parseAsString };

/** The dialogs of one page alone, named in the address as those that all pages share are; `on` is whatever the page calls its things. */
export function usePageDialog<Name extends string>(names: readonly Name[]) {
  const parsers = useMemo(() => ({ dialog: parseAsStringLiteral(names), on: parseAsString }), [names]);
  const [{ dialog, on }, setState] = useQueryStates(parsers, { history: 'push' });
  return useMemo(
    () => ({
      dialog,
      on,
      open: (name: Name, thing?: string) => void setState({ dialog: name, on: thing ?? null }),
      close: () => void setState({ dialog: null, on: null }, { history: 'replace' }),
    }),
    [dialog, on, setState],
  );
}

/** What rows do to the view. Thousands of rows share these two functions; none of them follows the address bar by itself. */
export interface ViewActions {
  select: (object: ObjectName) => void;
  open: (dialog: DialogName, on?: ObjectName, more?: { to?: ObjectName; address?: string }) => void;
}

const ViewActionsContext = createContext<ViewActions>({ select: () => undefined, open: () => undefined });
export const ViewActionsProvider = ViewActionsContext.Provider;
export const useViewActions = (): ViewActions => useContext(ViewActionsContext);

/** Makes the actions, once for the page. */
export function useNewViewActions(): ViewActions {
  const [, setSelection] = useSelection();
  const [, setDialog] = useQueryStates(dialogParsers, { history: 'push' });
  return useMemo(
    () => ({
      select: (object) => void setSelection(object),
      open: (dialog, on, more) => void setDialog({ dialog, on: on ?? null, to: more?.to ?? null, address: more?.address ?? null }),
    }),
    [setSelection, setDialog],
  );
}

'use client';

import { ReactFlowProvider } from '@xyflow/react';
import { CircleAlert } from 'lucide-react';
import { useCallback, useEffect, useMemo, type ReactNode } from 'react';
import { toast } from 'sonner';
import { tables } from '../../messages';
import { topology as text } from '../../messages/topology';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { isTyping } from '../frame/typing';
import type { HostRow, Inventory } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { useFilter, useSelection, useViewActions } from '../inventory/view-state';
import { PageHeading } from '../page/page-heading';
import { useDialogRefusal } from '../session/session-context';
import { Announcer } from './announcer';
import type { CardActions } from './cards';
import { Legend } from './legend';
import { Minimap } from './minimap';
import type { Topology } from './model/graph';
import { labelKeys } from './model/grouping';
import type { View } from './paint/view';
import { Stage } from './stage';
import { Toolbar, ViewControls } from './toolbar';
import { TopologyTable } from './topology-table';
import { TrafficProvider, useTrafficOf } from './traffic/use-traffic';
import { useLayout } from './use-layout';
import { Undo } from './undo';
import { useTopology } from './use-topology';
import { useForm, useGrouping, useTurned, useView } from './view-state';

export function TopologyView() {
  const inventory = useInventory();
  if (!inventory) return <Loading />;
  return (
    <ReactFlowProvider>
      <Loaded inventory={inventory} />
    </ReactFlowProvider>
  );
}

function Loaded({ inventory }: { inventory: Inventory }) {
  const [grouping] = useGrouping();
  const [form, setForm] = useForm();
  const [filter, setFilter] = useFilter();
  const [turned, setTurned] = useTurned();
  const { drawn, narrowed } = useTopology(inventory, grouping, filter, turned);
  const keys = useMemo(() => labelKeys(inventory), [inventory]);
  const hosts = useHostsOf(narrowed.nodes, inventory.hosts);
  const traffic = useTrafficOf(hosts);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      void setForm(form === 'graph' ? 'table' : 'graph');
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [form, setForm]);

  const turn = useMemo(
    () => (key: string) => void setTurned((before) => (before.includes(key) ? before.filter((other) => other !== key) : [...before, key])),
    [setTurned],
  );
  const isFolded = drawn.nodes.length < narrowed.nodes.length;
  const isEmpty = inventory.hosts.length + inventory.networks.length + inventory.sandboxes.length === 0;
  const [count, all, links] = [drawn.nodes.length, narrowed.nodes.length, drawn.links.length];
  const note = isFolded ? text.folded(count, all, links) : text.count(count, links);
  return (
    <TrafficProvider value={traffic}>
      <PageHeading title={text.title} note={isEmpty ? undefined : note} />
      <Toolbar labelKeys={keys}>
        <Undo endpoints={inventory.endpoints} />
      </Toolbar>
      <Announcer topology={narrowed} inventory={inventory} />
      {isEmpty ? (
        <Panel>
          <EmptyState title={text.empty}>
            <p className="text-ink-2">{text.emptyHow}</p>
          </EmptyState>
        </Panel>
      ) : narrowed.nodes.length === 0 ? (
        <Panel>
          <EmptyState title={text.noneMatches(filter)}>
            <Button size="small" onClick={() => void setFilter(null)}>
              {tables.clearFilter}
            </Button>
          </EmptyState>
        </Panel>
      ) : form === 'table' ? (
        <Panel>
          <TopologyTable topology={narrowed} />
        </Panel>
      ) : (
        <Graph drawn={drawn} subject={`${grouping} ${filter} ${turned.join()} ${isFolded}`} turn={turn} />
      )}
    </TrafficProvider>
  );
}

interface GraphProps {
  drawn: ReturnType<typeof useTopology>['drawn'];
  subject: string;
  turn: CardActions['turn'];
}

function Graph({ drawn, subject, turn }: GraphProps) {
  const { laidOut, problem } = useLayout(drawn, subject);
  const [selection] = useSelection();
  const [view, setView] = useView();
  const { select, open } = useViewActions();
  const actions = useMemo(
    (): CardActions => ({ show: select, showEndpoint: (name) => select({ kind: 'endpoint', name }), turn }),
    [select, turn],
  );
  const changeView = useCallback((next: View | null) => void setView(next), [setView]);
  const refusal = useDialogRefusal();
  const join = (sandbox: string, network: string | null): void => {
    const on = { kind: 'sandbox', name: sandbox } as const;
    const reason = refusal('join', on);
    if (reason !== undefined) toast.error(reason);
    else open('join', on, network === null ? {} : { to: { kind: 'network', name: network } });
  };
  return (
    <>
      {problem && (
        <Banner tone="failing" icon={CircleAlert}>
          {text.failed(problem)}
        </Banner>
      )}
      <div className="relative h-[calc(100vh-13.5rem)] min-h-96 overflow-hidden rounded-lg border border-line bg-surface shadow-card">
        {laidOut ? (
          <>
            <Stage
              scene={laidOut.scene}
              subject={laidOut.subject}
              selection={selection}
              actions={actions}
              view={view}
              onViewChange={changeView}
              onJoin={join}
            />
            <ViewControls scene={laidOut.scene} />
            <Legend />
            <Minimap scene={laidOut.scene} />
          </>
        ) : (
          <Loading />
        )}
      </div>
    </>
  );
}

const Panel = ({ children }: { children: ReactNode }) => (
  <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">{children}</div>
);

const Loading = () => (
  <p role="status" className="p-4 text-ink-3">
    {text.loading}…
  </p>
);

/** The hosts that sandboxes in view are on, of those that answer; the same array while they are the same. */
function useHostsOf(nodes: Topology['nodes'], hosts: readonly HostRow[]): readonly string[] {
  const inView = new Set(nodes.flatMap(({ kind, host }) => (kind === 'sandbox' && host !== null ? [host] : [])));
  const names = hosts
    .filter(({ name, health }) => inView.has(name) && health.tone === 'ready')
    .map(({ name }) => name)
    .join(' ');
  return useMemo(() => (names === '' ? [] : names.split(' ')), [names]);
}

'use client';

import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import clsx from 'clsx';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { createContext, memo, useContext } from 'react';
import { topology as text } from '../../messages/topology';
import { IconButton } from '../../ui/button';
import { StatusIcon } from '../../ui/status-badge';
import type { ObjectName } from '../inventory/view-state';
import type { FrameRect } from './layout/placement';
import type { NodeKind, TopologyInterface, TopologyNode } from './model/graph';
import { kindSigns } from './paint/signs';
import { rateText } from './traffic/rate-text';
import { useRate } from './traffic/use-traffic';

export type CardNode = Node<{ node: TopologyNode; isSelected: boolean; selectedEndpoint: string | null }, 'card'>;
export type FrameNode = Node<{ frame: FrameRect; isSelected: boolean }, 'frame'>;

/** What cards do. They share these functions, which stay the same. */
export interface CardActions {
  show: (object: ObjectName) => void;
  showEndpoint: (name: string) => void;
  turn: (groupKey: string) => void;
}

const CardActionsContext = createContext<CardActions>({ show: () => undefined, showEndpoint: () => undefined, turn: () => undefined });
export const CardActionsProvider = CardActionsContext.Provider;

const looks: Record<NodeKind, string> = {
  network: 'rounded-[22px] border-accent bg-selected px-4',
  group: 'rounded-xl border-line-strong bg-selected px-2.5',
  sandbox: 'rounded-lg border-line-strong bg-surface px-2.5',
  endpoint: 'rounded-lg border-dashed border-line-strong bg-surface px-2.5',
  router: 'rounded-[3px] border-line-strong bg-sunken px-2.5',
  host: 'rounded-[3px] border-line-strong bg-sunken px-2.5',
};

/** A node near enough to be read: the same shape as the painted one, made of controls. */
export const Card = memo(function Card({ data: { node, isSelected, selectedEndpoint } }: NodeProps<CardNode>) {
  const { show, turn } = useContext(CardActionsContext);
  const { id, kind, title, detail, tone, state, object, interfaces, isFaded } = node;
  return (
    <div
      data-node={id}
      className={clsx(
        'relative flex h-full w-full flex-col border shadow-card transition-shadow hover:shadow-raised',
        looks[kind],
        isSelected && 'ring-2 ring-accent',
        // Its ground stays: what is painted below is not to shine through.
        isFaded && '[&>*]:opacity-45',
      )}
    >
      {kind === 'network' && <Handle type="target" position={Position.Bottom} className="topology-target" isConnectableStart={false} />}
      <button
        type="button"
        onClick={() => (object ? show(object) : turn(id.slice('group/'.length)))}
        aria-label={text.node(text.kinds[kind], title, state, detail)}
        aria-pressed={isSelected}
        className={clsx(
          '-mx-1 flex h-[43px] min-w-0 shrink-0 flex-col justify-center rounded px-1 text-left',
          kind === 'sandbox' && 'pr-4',
        )}
      >
        <span className="flex w-full min-w-0 items-center gap-1.5">
          <svg viewBox="0 0 16 16" className="size-3.5 shrink-0 text-ink-3" aria-hidden="true">
            <path d={kindSigns[kind].path} fill="none" stroke="currentColor" strokeWidth="1.5" />
          </svg>
          <span className="min-w-0 flex-1 truncate leading-[18px] font-semibold">{title}</span>
          <StatusIcon tone={tone} className="size-3.5" />
        </span>
        <span className="w-full truncate text-[11px] leading-4 text-ink-2">{[state, detail].filter(Boolean).join(' · ')}</span>
      </button>
      {interfaces.length > 0 && (
        <ul className="-mx-2.5 border-t border-line">
          {interfaces.map((one) => (
            <InterfaceLine key={one.endpoint} of={one} isSelected={one.endpoint === selectedEndpoint} />
          ))}
        </ul>
      )}
      {kind === 'sandbox' && (
        <Handle
          type="source"
          position={Position.Right}
          className="topology-source"
          title={text.join(title)}
          aria-hidden="true"
          isConnectableEnd={false}
        />
      )}
      {kind === 'group' && <Turn groupKey={id.slice('group/'.length)} title={title} isFolded />}
    </div>
  );
});

function InterfaceLine({
  of: { endpoint, name, address, networkName, tone, state },
  isSelected,
}: {
  of: TopologyInterface;
  isSelected: boolean;
}) {
  const { showEndpoint } = useContext(CardActionsContext);
  const rate = rateText(useRate(endpoint));
  return (
    <li className="h-5">
      <button
        type="button"
        onClick={() => showEndpoint(endpoint)}
        aria-label={text.interface(endpoint, name, address, networkName, state)}
        aria-pressed={isSelected}
        title={`${networkName} · ${state}`}
        className={clsx(
          'flex h-5 w-full items-center gap-1.5 px-2.5 text-[11px] leading-5 text-ink-2 hover:bg-hover hover:text-ink',
          isSelected && 'bg-selected text-ink',
        )}
      >
        <StatusIcon tone={tone} className="size-3" />
        <span className="min-w-0 flex-1 truncate text-left tabular-nums">
          {name} {address}
        </span>
        {rate && <span className="shrink-0 font-medium text-accent tabular-nums">{rate}</span>}
      </button>
    </li>
  );
}

function Turn({ groupKey, title, isFolded }: { groupKey: string; title: string; isFolded: boolean }) {
  const { turn } = useContext(CardActionsContext);
  const Icon = isFolded ? ChevronsUpDown : ChevronsDownUp;
  return (
    <IconButton
      label={isFolded ? text.unfold(title) : text.fold(title)}
      onClick={() => turn(groupKey)}
      className={clsx(isFolded ? 'absolute right-1.5 bottom-1' : 'pointer-events-auto')}
    >
      <Icon className="size-3.5" aria-hidden="true" />
    </IconButton>
  );
}

/** The head of a group that is open, over its picture; the frame itself is painted. */
export const Frame = memo(function Frame({ data: { frame, isSelected } }: NodeProps<FrameNode>) {
  const { show } = useContext(CardActionsContext);
  const { key, title, detail, tone, state, object, isNamedInside } = frame.group;
  const line = [state, detail].filter(Boolean).join(' · ');
  const heading = (
    <>
      <span className="flex min-w-0 items-center gap-1.5">
        {state && <StatusIcon tone={tone} className="size-3.5" />}
        <span className="truncate text-[15px] leading-5 font-semibold">{title}</span>
      </span>
      {line && <span className="truncate text-[11px] leading-4 text-ink-2">{line}</span>}
    </>
  );
  return (
    <div
      className={clsx('flex h-full w-full items-start gap-2 rounded-[14px] px-3.5 py-2', isSelected && 'ring-2 ring-accent')}
      data-node={`frame/${key}`}
    >
      {isNamedInside ? null : object ? (
        <button
          type="button"
          onClick={() => show(object)}
          aria-label={text.node(object.kind === 'host' ? text.kinds.host : text.kinds.network, title, state, detail)}
          aria-pressed={isSelected}
          className="pointer-events-auto flex min-w-0 flex-col rounded bg-canvas px-1 text-left hover:text-accent"
        >
          {heading}
        </button>
      ) : (
        <div className="flex min-w-0 flex-col bg-canvas px-1">{heading}</div>
      )}
      <span className="flex-1" />
      <Turn groupKey={key} title={title} isFolded={false} />
    </div>
  );
});

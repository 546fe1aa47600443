'use client';

import type { AddressRange } from '@netyard/api-client';
import clsx from 'clsx';
import { useRef, useState, type KeyboardEvent } from 'react';
import { addresses } from '../../messages';
import { useViewActions } from '../inventory/view-state';
import { useDialogRefusal } from '../session/session-context';
import { cellsOf, type AddressCell } from './address-cells';
import { holderText } from './holder-text';

const columnCount = 16;

type Mark = AddressRange['state'] | 'host';

/** A mark and a look for each state: never colour alone. */
const marks: Record<Mark, { sign: string; look: string }> = {
  free: { sign: '', look: 'border-line bg-surface text-ink-2 hover:border-accent' },
  reserved: { sign: 'r', look: 'border-dashed border-line-strong bg-surface text-ink-2 hover:border-accent' },
  taken: { sign: '●', look: 'border-accent bg-selected font-medium text-ink hover:border-ink-2' },
  host: { sign: '■', look: 'border-accent bg-selected text-ink' },
  gateway: { sign: '⇄', look: 'border-line-strong bg-sunken font-medium text-ink' },
  unusable: { sign: '×', look: 'border-transparent bg-sunken text-ink-3' },
};

const markOf = ({ state, holder }: Pick<AddressCell, 'state' | 'holder'>): Mark =>
  state === 'taken' && holder?.kind === 'host' ? 'host' : state;

interface AddressGridProps {
  network: string;
  prefix: string;
  ranges: readonly AddressRange[];
}

/** Every address of a part of a subnet (the ARIA grid pattern): which are free, and who has the rest. */
export function AddressGrid({ network, prefix, ranges }: AddressGridProps) {
  const { open, select } = useViewActions();
  const mayJoin = useDialogRefusal()('join') === undefined;
  const cells = cellsOf(ranges);
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      cells.findIndex(({ state }) => state === 'free'),
    ),
  );
  const rows = Array.from({ length: Math.ceil(cells.length / columnCount) }, (_, row) =>
    cells.slice(row * columnCount, (row + 1) * columnCount),
  );

  const choose = ({ state, address, holder }: AddressCell) => {
    if (mayJoin && (state === 'free' || state === 'reserved')) open('join', { kind: 'network', name: network }, { address });
    else if (holder?.kind === 'endpoint') select({ kind: 'endpoint', name: holder.name });
    else if (holder?.kind === 'host') select({ kind: 'host', name: holder.name });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(event.key, active, cells.length);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
  };

  return (
    <div>
      <p className="mb-2 text-[12px] text-ink-3">{addresses.gridHelp}</p>
      <div
        ref={grid}
        role="grid"
        aria-label={addresses.grid(prefix)}
        aria-colcount={columnCount}
        aria-rowcount={rows.length}
        onKeyDown={onKeyDown}
        className="grid max-w-4xl gap-1 max-sm:overflow-x-auto"
      >
        {rows.map((row, rowIndex) => (
          <div
            key={row[0]?.address}
            role="row"
            aria-rowindex={rowIndex + 1}
            className="grid grid-cols-[repeat(16,minmax(2.375rem,1fr))] gap-1"
          >
            {row.map((cell, column) => (
              <Cell
                key={cell.address}
                cell={cell}
                index={rowIndex * columnCount + column}
                isActive={rowIndex * columnCount + column === active}
                onFocus={setActive}
                onChoose={choose}
              />
            ))}
          </div>
        ))}
      </div>
      <Legend marks={new Set(cells.map(markOf))} />
    </div>
  );
}

interface CellProps {
  cell: AddressCell;
  index: number;
  isActive: boolean;
  onFocus: (index: number) => void;
  onChoose: (cell: AddressCell) => void;
}

function Cell({ cell, index, isActive, onFocus, onChoose }: CellProps) {
  const { address, short, state } = cell;
  const mark = marks[markOf(cell)];
  const holder = holderText(cell);
  const isFree = state === 'free' || state === 'reserved';
  const said = `${address}, ${addresses.states[state]}${holder ? `: ${holder}` : ''}`;
  return (
    <div role="gridcell" className="min-w-0">
      <button
        type="button"
        data-index={index}
        tabIndex={isActive ? 0 : -1}
        aria-label={said}
        title={isFree ? `${said}. ${addresses.pick(address)}` : said}
        onFocus={() => onFocus(index)}
        onClick={() => onChoose(cell)}
        className={clsx('flex h-7 w-full items-center justify-center gap-0.5 rounded border text-[11px] tabular-nums', mark.look)}
      >
        {mark.sign && (
          <span aria-hidden="true" className="text-[9px]">
            {mark.sign}
          </span>
        )}
        {short}
      </button>
    </div>
  );
}

/** Where a key leads from one cell; undefined: nowhere. */
function moved(key: string, from: number, count: number): number | undefined {
  const rowStart = from - (from % columnCount);
  const targets: Record<string, number> = {
    ArrowRight: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from + columnCount,
    ArrowUp: from - columnCount,
    Home: rowStart,
    End: Math.min(rowStart + columnCount, count) - 1,
    PageUp: from % columnCount,
    PageDown: count - 1 - ((count - 1 - from) % columnCount),
  };
  const target = targets[key];
  return target !== undefined && target >= 0 && target < count ? target : undefined;
}

function Legend({ marks: shown }: { marks: ReadonlySet<Mark> }) {
  const names: Record<Mark, string> = { ...addresses.states, host: addresses.hostAddress };
  return (
    <ul aria-label={addresses.legend} className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-[12px] text-ink-2">
      {(Object.keys(marks) as Mark[])
        .filter((mark) => shown.has(mark))
        .map((mark) => (
          <li key={mark} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={clsx('inline-grid h-5 w-7 place-items-center rounded border text-[9px]', marks[mark].look)}>
              {marks[mark].sign}
            </span>
            {names[mark]}
          </li>
        ))}
    </ul>
  );
}

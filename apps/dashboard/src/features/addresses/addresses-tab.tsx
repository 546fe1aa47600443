'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { addresses, objects } from '../../messages';
import { Button, IconButton } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Select } from '../../ui/field';
import { UsageBar } from '../../ui/usage-bar';
import type { NetworkRow } from '../inventory/inventory';
import { QuestionState } from '../page/question-state';
import { AddressGrid } from './address-grid';
import { partBeside, partOf } from './address-cells';
import { RangesTable } from './ranges-table';
import { useAddresses } from './use-addresses';

const views = ['grid', 'ranges'] as const;

const parsers = {
  subnet: parseAsString,
  part: parseAsString,
  as: parseAsStringLiteral(views).withDefault('grid'),
};

/** What is free in a network and who has the rest, one subnet at a time. */
export function AddressesTab({ row }: { row: NetworkRow }) {
  const [{ subnet: chosen, part: within, as }, set] = useQueryStates(parsers);
  const { subnets } = row.object.status;
  const subnet = subnets.find(({ cidr }) => cidr === chosen) ?? subnets[0];
  if (!subnet)
    return (
      <div className="rounded-lg border border-line bg-surface shadow-card">
        <EmptyState title={addresses.noSubnets}>
          {row.object.spec.options['addressing'] === 'dhcp' && <p className="text-ink-2">{addresses.dhcp}</p>}
        </EmptyState>
      </div>
    );
  const { cidr, addressesInUse, addressesFree } = subnet;
  const part = partOf(cidr, within);
  const shown = part !== undefined && as === 'grid' ? part : cidr;
  const goTo = (step: -1 | 1) => part && partBeside(cidr, part, step);
  return (
    <section aria-label={addresses.title} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {subnets.length > 1 ? (
          <Select
            aria-label={addresses.prefix}
            className="w-auto"
            value={cidr}
            onChange={(event) => void set({ subnet: event.target.value, part: null })}
          >
            {subnets.map((one) => (
              <option key={one.cidr}>{one.cidr}</option>
            ))}
          </Select>
        ) : (
          <h3 className="font-medium">{cidr}</h3>
        )}
        <UsageBar used={addressesInUse} total={addressesInUse + addressesFree} what={addresses.use} />
        <span className="flex-1" />
        {part !== undefined && as === 'grid' && part !== cidr && (
          <span className="inline-flex items-center gap-1 tabular-nums">
            <Step label={addresses.previousPart} to={goTo(-1)} icon={ChevronLeft} go={(next) => void set({ part: next })} />
            {part}
            <Step label={addresses.nextPart} to={goTo(1)} icon={ChevronRight} go={(next) => void set({ part: next })} />
          </span>
        )}
        {part !== undefined && (
          <div role="group" aria-label={addresses.view} className="inline-flex gap-1">
            {views.map((view) => (
              <Button
                key={view}
                size="small"
                variant={as === view ? 'secondary' : 'quiet'}
                aria-pressed={as === view}
                onClick={() => void set({ as: view })}
              >
                {view === 'grid' ? addresses.asGrid : addresses.asRanges}
              </Button>
            ))}
          </div>
        )}
      </div>
      <Addresses key={shown} row={row} prefix={shown} isGrid={shown === part && as === 'grid'} />
    </section>
  );
}

interface StepProps {
  label: string;
  to: string | undefined;
  icon: typeof ChevronLeft;
  go: (part: string) => void;
}

function Step({ label, to, icon: Icon, go }: StepProps) {
  return (
    <IconButton label={label} aria-disabled={to === undefined} onClick={() => to && go(to)} className="aria-disabled:opacity-40">
      <Icon className="size-4" aria-hidden="true" />
    </IconButton>
  );
}

function Addresses({ row, prefix, isGrid }: { row: NetworkRow; prefix: string; isGrid: boolean }) {
  const question = useAddresses(row, prefix);
  return (
    <QuestionState question={question}>
      {({ pages }) => {
        const ranges = pages.flatMap(({ items }) => items);
        return (
          <>
            {isGrid ? <AddressGrid network={row.name} prefix={prefix} ranges={ranges} /> : <RangesTable prefix={prefix} ranges={ranges} />}
            {question.hasNextPage && (
              <div>
                <Button busy={question.isFetchingNextPage} onClick={() => void question.fetchNextPage()}>
                  {objects.more}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </QuestionState>
  );
}

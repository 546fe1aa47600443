'use client';

import { CircleCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { addresses } from '../../messages';
import { objectPath } from '../../paths';
import { Banner } from '../../ui/banner';
import { UsageBar } from '../../ui/usage-bar';
import { None } from '../inventory/cells';
import type { Inventory } from '../inventory/inventory';
import { useInventory } from '../inventory/use-inventory';
import { EmptyWithRequest } from '../page/empty-with-command';
import { PageHeading } from '../page/page-heading';
import { type PrefixConflict, prefixConflicts, type PrefixNode, prefixTree, type Subnet } from './prefix-tree';

/** The prefixes of all networks as they lie within each other, how full they are, and what gets in their way. */
export function AddressesPage() {
  const inventory = useInventory();
  const subnets = useMemo(() => (inventory ? subnetsOf(inventory) : null), [inventory]);
  const tree = useMemo(() => prefixTree(subnets ?? []), [subnets]);
  const conflicts = useMemo(
    () =>
      subnets && inventory
        ? prefixConflicts(
            subnets,
            inventory.hosts.map(({ name, object }) => ({ name, routes: object.status.routes })),
          )
        : [],
    [subnets, inventory],
  );
  return (
    <>
      <PageHeading title={addresses.title} />
      <p className="-mt-2 text-ink-2">{addresses.about}</p>
      {subnets && (
        <section aria-label={addresses.conflicts}>
          {conflicts.length === 0 ? (
            <p className="inline-flex items-center gap-1.5 text-ink-2">
              <CircleCheck className="size-4 text-ready" aria-hidden="true" />
              {addresses.noConflicts}
            </p>
          ) : (
            <Banner tone="warning" icon={TriangleAlert}>
              <strong className="font-semibold">{addresses.conflictCount(conflicts.length)}</strong>
              <ul>
                {conflicts.map((conflict) => (
                  <li key={JSON.stringify(conflict)}>{conflictText(conflict)}</li>
                ))}
              </ul>
            </Banner>
          )}
        </section>
      )}
      {subnets && (
        <div className="overflow-x-auto rounded-lg border border-line bg-surface shadow-card">
          {tree.length === 0 ? (
            <EmptyWithRequest
              title={addresses.none}
              say={addresses.noneHow}
              request={{ method: 'POST', path: '/v1/networks', body: { metadata: { name: 'web' }, spec: { driver: 'bridge' } } }}
            />
          ) : (
            <Tree nodes={tree} />
          )}
        </div>
      )}
    </>
  );
}

function subnetsOf({ networks }: Inventory): Subnet[] {
  return networks.flatMap(({ name, object: { status } }) =>
    status.subnets.map(({ cidr, addressesInUse, addressesFree }) => ({
      cidr,
      network: name,
      owner: status.owner,
      used: addressesInUse,
      total: addressesInUse + addressesFree,
    })),
  );
}

function conflictText(conflict: PrefixConflict): string {
  const { cidr, network } = conflict;
  return conflict.kind === 'route'
    ? addresses.overlapsRoute(cidr, network, conflict.route, conflict.host)
    : addresses.overlapsNetwork(cidr, network, conflict.otherCidr, conflict.otherNetwork);
}

/** A tree as a table: where a row lies is told by its level, and shown by how far it is set in. */
function Tree({ nodes }: { nodes: readonly PrefixNode[] }) {
  return (
    <table
      role="treegrid"
      aria-label={addresses.tree}
      className="w-full border-separate border-spacing-0 tabular-nums [--step:1.25rem] max-sm:[--step:0.5rem]"
    >
      <thead>
        <tr>
          {[addresses.prefix, addresses.network, addresses.use].map((title) => (
            <th key={title} scope="col" className="h-8 border-b border-line px-2 text-left text-[12px] font-medium text-ink-3 first:pl-4">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <Rows key={node.cidr + (node.subnet?.network ?? '')} node={node} level={1} />
        ))}
      </tbody>
    </table>
  );
}

function Rows({ node: { cidr, subnet, used, total, children }, level }: { node: PrefixNode; level: number }) {
  const cell = 'h-9 border-b border-line px-2 max-sm:px-1.5';
  return (
    <>
      <tr role="row" aria-level={level} {...(children.length > 0 ? { 'aria-expanded': true } : {})}>
        <td role="gridcell" className={cell} style={{ paddingLeft: `calc(${level - 1} * var(--step) + 1rem)` }}>
          {subnet ? (
            <Link
              href={`${objectPath('network', subnet.network)}?tab=addresses&subnet=${encodeURIComponent(cidr)}`}
              className="inline-flex min-h-6 items-center rounded font-medium hover:text-accent hover:underline"
            >
              {cidr}
            </Link>
          ) : (
            <span className="text-ink-2">{cidr}</span>
          )}
        </td>
        <td role="gridcell" className={cell}>
          {subnet ? subnet.network : <None />}
        </td>
        <td role="gridcell" className={cell}>
          <UsageBar used={used} total={total} what={addresses.use} />
        </td>
      </tr>
      {children.map((child) => (
        <Rows key={child.cidr + (child.subnet?.network ?? '')} node={child} level={level + 1} />
      ))}
    </>
  );
}

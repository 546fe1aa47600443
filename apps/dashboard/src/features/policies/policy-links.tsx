'use client';

import { policies as text, selection } from '../../messages';
import { Fact } from '../../ui/facts';
import { ObjectLink } from '../inventory/cells';
import { useInventory } from '../inventory/use-inventory';

/** More names than this tell nobody more. */
const shownPolicies = 8;

/** The policies that decide on flows of some networks' endpoints. */
export function PolicyLinks({ networkNames }: { networkNames: readonly string[] }) {
  const policies = useInventory()?.policies.filter(({ networkName }) => networkNames.includes(networkName)) ?? [];
  if (policies.length === 0) return null;
  const more = policies.length - shownPolicies;
  return (
    <Fact name={text.links}>
      {policies.slice(0, shownPolicies).map(({ id, name }) => (
        <span key={id} className="mr-2">
          <ObjectLink kind="policy" name={name} />
        </span>
      ))}
      {more > 0 && <span className="text-ink-3">{selection.andMore(more)}</span>}
    </Fact>
  );
}

import type { AddressRange } from '@netyard/api-client';
import { addresses } from '../../messages';

/** Who has an address that is taken, in words. */
export const holderText = ({ state, holder }: Pick<AddressRange, 'state' | 'holder'>): string | null => {
  if (state !== 'taken') return null;
  if (holder === null) return addresses.otherTenant;
  return holder.kind === 'host' ? addresses.hostNamed(holder.name) : addresses.endpointOf(holder.name, holder.sandbox);
};

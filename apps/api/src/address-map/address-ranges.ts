import { type Address, AddressRange, type Prefix } from '@netyard/inet';
import type { AddressHolderDto, AddressRangeDto, AddressState } from './address-map.dto';

/** What the database knows of a range: that it is free, or who has it. */
export interface KnownRange {
  range: AddressRange;
  state: Extract<AddressState, 'free' | 'reserved' | 'taken'>;
  holder: AddressHolderDto | null;
}

/** A subnet of a network. */
export interface MappedSubnet {
  prefix: Prefix;
  gateway: Address | null;
}

/**
 * Every address of a part of a subnet, once, ascending: what is known, cut to the part, and between it what nobody can have. `known` is disjoint and ascending;
 * neighbours in one state are one range, but for those that are taken.
 */
export function mapAddresses(subnet: MappedSubnet, part: AddressRange, known: KnownRange[]): AddressRangeDto[] {
  const pieces: KnownPiece[] = [];
  let next: Address | undefined = part.first;
  for (const { range, state, holder } of known) {
    const inside = range.intersect(part);
    if (!inside || next === undefined) continue;
    if (next.compare(inside.first) < 0) pieces.push(...unusable(subnet, AddressRange.of(next, inside.first.plus(-1))));
    pieces.push({ range: inside, state, holder });
    next = inside.last.equals(part.last) ? undefined : inside.last.plus(1);
  }
  if (next !== undefined) pieces.push(...unusable(subnet, AddressRange.of(next, part.last)));
  return merge(pieces).map((piece) => toDto(subnet, piece));
}

type KnownPiece = Omit<KnownRange, 'state'> & { state: AddressState };

/** What is neither free nor taken: the gateway, and what is no member's. */
function unusable({ gateway }: MappedSubnet, range: AddressRange): KnownPiece[] {
  const rest = gateway && range.contains(gateway) ? range.without(AddressRange.of(gateway, gateway)) : [range];
  const pieces = rest.map((piece): KnownPiece => ({ range: piece, state: 'unusable', holder: null }));
  if (gateway && range.contains(gateway)) pieces.push({ range: AddressRange.of(gateway, gateway), state: 'gateway', holder: null });
  return pieces.sort((a, b) => a.range.first.compare(b.range.first));
}

function merge(pieces: KnownPiece[]): KnownPiece[] {
  const merged: KnownPiece[] = [];
  for (const piece of pieces) {
    const before = merged.at(-1);
    if (before?.state === piece.state && piece.state !== 'taken') before.range = AddressRange.of(before.range.first, piece.range.last);
    else merged.push({ ...piece });
  }
  return merged;
}

const toDto = ({ prefix }: MappedSubnet, { range, state, holder }: KnownPiece): AddressRangeDto => ({
  subnet: prefix.toString(),
  first: range.first.toString(),
  last: range.last.toString(),
  count: Number(range.size),
  state,
  holder,
});

import { decodeAttributes, KernelError, request, text, type RouteSocket } from '@netyard/netlink';
import { decodeParts, type ElementType } from './element-parts';
import type { Element } from './element-transaction';
import { families, type TableRef } from './ruleset';

/** A set, or a map to concatenations of values. */
export interface ElementPlace {
  in: TableRef;
  /** The name of the set or map. */
  set: string;
  keyTypes: readonly ElementType[];
  /** Of maps. */
  valueTypes?: readonly ElementType[];
}

// include/uapi/linux/netfilter/nfnetlink.h, include/uapi/linux/netfilter/nf_tables.h
const NFNL_SUBSYS_NFTABLES = 10;
const NFT_MSG_GETSETELEM = 13;
const NFTA_SET_ELEM_LIST_TABLE = 1;
const NFTA_SET_ELEM_LIST_SET = 2;
const NFTA_SET_ELEM_LIST_ELEMENTS = 3;
const NFTA_SET_ELEM_KEY = 1;
const NFTA_SET_ELEM_DATA = 2;
const NFTA_SET_ELEM_USERDATA = 6;
const NFTA_SET_ELEM_KEY_END = 10;
/** libnftnl's udata.h: NFTNL_UDATA_SET_ELEM_COMMENT. */
const commentType = 0;
/** struct nfgenmsg */
const headerBytes = 4;
const attributeHeaderBytes = 4;
/** NLA_TYPE_MASK, include/uapi/linux/netlink.h: without the flag of nested attributes. */
const attributeTypeMask = 0x3fff;

/**
 * The elements of a set or map, without libnftables: a tenth of the time. Undefined when there is no such set. Throws KernelError.
 * Equivalent to: `nft list set FAMILY TABLE SET`. Source: include/uapi/linux/netfilter/nf_tables.h.
 */
export function listElements(socket: RouteSocket, place: ElementPlace): Element[] | undefined {
  const { in: ref, set } = place;
  const listing = request(
    `nft list set ${ref.family} ${ref.table} ${set}`,
    (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETSETELEM,
    0,
    Buffer.of(families[ref.family], 0, 0, 0),
    [text(NFTA_SET_ELEM_LIST_TABLE, ref.table), text(NFTA_SET_ELEM_LIST_SET, set)],
  );
  try {
    return socket
      .dump(listing)
      .flatMap(({ payload }) => elementsIn(decodeAttributes(payload.subarray(headerBytes)).get(NFTA_SET_ELEM_LIST_ELEMENTS), place));
  } catch (error) {
    if (error instanceof KernelError && error.errnoName === 'ENOENT') return undefined;
    throw error;
  }
}

function elementsIn(list: Buffer | undefined, place: ElementPlace): Element[] {
  const elements: Element[] = [];
  if (list) forEachAttribute(list, 0, list.length, (_, from, to) => elements.push(decodeElement(list, from, to, place)));
  return elements;
}

/** Reads one of ten thousand elements: without a map of its attributes, and without views of bytes that are not shown. */
function decodeElement(list: Buffer, start: number, end: number, { keyTypes, valueTypes }: ElementPlace): Element {
  let key: Buffer | undefined;
  let keyEnd: Buffer | undefined;
  let data: Buffer | undefined;
  let comment: string | undefined;
  forEachAttribute(list, start, end, (type, from, to) => {
    // The value is nested in an attribute of its own.
    const value = (): Buffer => list.subarray(from + attributeHeaderBytes, to);
    if (type === NFTA_SET_ELEM_KEY) key = value();
    else if (type === NFTA_SET_ELEM_KEY_END) keyEnd = value();
    else if (type === NFTA_SET_ELEM_DATA && valueTypes) data = value();
    else if (type === NFTA_SET_ELEM_USERDATA) comment = commentIn(list, from, to);
  });
  const element: Element = { key: decodeParts(keyTypes, key ?? Buffer.alloc(0), keyEnd) };
  if (data && valueTypes) element.value = { types: valueTypes, parts: decodeParts(valueTypes, data) };
  if (comment !== undefined) element.comment = comment;
  return element;
}

function forEachAttribute(buffer: Buffer, start: number, end: number, visit: (type: number, from: number, to: number) => void): void {
  for (let at = start; at + attributeHeaderBytes <= end;) {
    const length = buffer.readUInt16LE(at);
    if (length < attributeHeaderBytes || at + length > end) return;
    visit(buffer.readUInt16LE(at + 2) & attributeTypeMask, at + attributeHeaderBytes, at + length);
    at += (length + 3) & ~3;
  }
}

/** Type, length and text with a zero at its end, one after another. */
function commentIn(buffer: Buffer, start: number, end: number): string | undefined {
  for (let at = start; at + 2 <= end; at += 2 + buffer.readUInt8(at + 1))
    if (buffer.readUInt8(at) === commentType) return buffer.toString('utf8', at + 2, at + 1 + buffer.readUInt8(at + 1));
  return undefined;
}

import { decodeAttributes, KernelError, request, text, type RouteSocket } from '@netyard/netlink';
import { decodeParts, type ElementType } from './element-parts';
import type { Element } from './element-transaction';
import type { TableRef } from './ruleset';

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
const NFTA_DATA_VALUE = 1;
const families = { ip: 2, inet: 1, bridge: 7, ip6: 10 } as const;
/** libnftnl's udata.h: NFTNL_UDATA_SET_ELEM_COMMENT. */
const commentType = 0;
/** struct nfgenmsg */
const headerBytes = 4;
const attributeHeaderBytes = 4;

const wanted = new Set([NFTA_SET_ELEM_KEY, NFTA_SET_ELEM_DATA, NFTA_SET_ELEM_USERDATA, NFTA_SET_ELEM_KEY_END]);

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

/** One attribute after another, all of the same type. */
function elementsIn(list: Buffer | undefined, place: ElementPlace): Element[] {
  const elements: Element[] = [];
  for (let at = 0; list && at + attributeHeaderBytes <= list.length;) {
    const length = list.readUInt16LE(at);
    if (length < attributeHeaderBytes) break;
    elements.push(decodeElement(list.subarray(at + attributeHeaderBytes, at + length), place));
    at += (length + 3) & ~3;
  }
  return elements;
}

function decodeElement(attributes: Buffer, { keyTypes, valueTypes }: ElementPlace): Element {
  const found = decodeAttributes(attributes, wanted);
  const valueOf = (type: number): Buffer | undefined => {
    const data = found.get(type);
    return data && decodeAttributes(data).get(NFTA_DATA_VALUE);
  };
  const element: Element = { key: decodeParts(keyTypes, valueOf(NFTA_SET_ELEM_KEY) ?? Buffer.alloc(0), valueOf(NFTA_SET_ELEM_KEY_END)) };
  const value = valueTypes && valueOf(NFTA_SET_ELEM_DATA);
  if (value) element.value = { types: valueTypes, parts: decodeParts(valueTypes, value) };
  const comment = commentIn(found.get(NFTA_SET_ELEM_USERDATA));
  if (comment !== undefined) element.comment = comment;
  return element;
}

/** Type, length and text, one after another. */
function commentIn(userdata: Buffer | undefined): string | undefined {
  for (let at = 0; userdata && at + 2 <= userdata.length; at += 2 + userdata.readUInt8(at + 1))
    if (userdata.readUInt8(at) === commentType)
      return userdata.toString('utf8', at + 2, at + 2 + userdata.readUInt8(at + 1)).replace(/\0$/, '');
  return undefined;
}

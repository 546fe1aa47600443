import { bytes, KernelError, nested, request, text, type Attribute, type NetlinkRequest, type RouteSocket } from '@netyard/netlink';
import { encodeParts, type ElementType } from './element-parts';
import { NftError } from './nft-context';
import { families, type TableRef, type Verdict } from './ruleset';

/** Elements that are added to a set or map, or deleted from it. */
export interface ElementChange {
  verb: 'add' | 'delete';
  in: TableRef;
  /** The name of the set or map. */
  set: string;
  keyTypes: readonly ElementType[];
  /** Whether parts of keys may be prefixes; such keys are concatenations. */
  interval: boolean;
  elements: readonly Element[];
}

export interface Element {
  /** As nft writes it, a link's name without quotes. */
  key: readonly string[];
  /** What the key leads to: a verdict, or a concatenation of values. */
  value?: Verdict | { types: readonly ElementType[]; parts: readonly string[] };
  /** At most 127 bytes. */
  comment?: string;
}

// include/uapi/linux/netfilter/nfnetlink.h, include/uapi/linux/netfilter/nf_tables.h
const NFNL_SUBSYS_NFTABLES = 10;
const NFT_MSG_NEWSETELEM = 12;
const NFT_MSG_DELSETELEM = 14;
const NLM_F_CREATE = 0x400;
const NFTA_SET_ELEM_LIST_TABLE = 1;
const NFTA_SET_ELEM_LIST_SET = 2;
const NFTA_SET_ELEM_LIST_ELEMENTS = 3;
const NFTA_LIST_ELEM = 1;
const NFTA_SET_ELEM_KEY = 1;
const NFTA_SET_ELEM_DATA = 2;
const NFTA_SET_ELEM_USERDATA = 6;
const NFTA_SET_ELEM_KEY_END = 10;
const NFTA_DATA_VALUE = 1;
const NFTA_DATA_VERDICT = 2;
const NFTA_VERDICT_CODE = 1;
const NFTA_VERDICT_CHAIN = 2;
const verdictCodes = { accept: 1, drop: 0, return: -5, jump: -3, goto: -4 } as const;
/** libnftnl's udata.h: NFTNL_UDATA_SET_ELEM_COMMENT. */
const commentType = 0;

/** Under load the kernel gives up a transaction that it would take a moment later. */
const transient = new Set(['EINTR', 'EAGAIN']);
const attempts = 5;

/** Elements of one message: its attribute has a length of 16 bits. */
const elementsInMessage = 200;

/**
 * Changes elements in one transaction, without libnftables: that reads all chains and sets of the namespace before each, which takes the longer the more of them there
 * are. Adding what is there is no error if it is the same; deleting what is not there refuses all. Throws NftError; then nothing has changed.
 * Equivalent to: `nft add element …; delete element …`. Source: include/uapi/linux/netfilter/nf_tables.h.
 */
export function changeElements(socket: RouteSocket, changes: readonly ElementChange[]): void {
  const requests = changes.flatMap(encodeChange);
  for (let attempt = 1; ; attempt++) {
    try {
      return socket.transact(NFNL_SUBSYS_NFTABLES, requests);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      if (!transient.has(error.errnoName) || attempt === attempts) throw new NftError(error.message, { cause: error });
    }
  }
}

function encodeChange(change: ElementChange): NetlinkRequest[] {
  const { verb, in: ref, set, elements } = change;
  const messages: NetlinkRequest[] = [];
  for (let from = 0; from < elements.length; from += elementsInMessage) {
    const some = elements.slice(from, from + elementsInMessage);
    messages.push(
      request(
        `nft ${verb} element ${ref.family} ${ref.table} ${set} { ${some[0]?.key.join(' . ') ?? ''}${some.length > 1 ? `, and ${some.length - 1} more` : ''} }`,
        (NFNL_SUBSYS_NFTABLES << 8) | (verb === 'add' ? NFT_MSG_NEWSETELEM : NFT_MSG_DELSETELEM),
        verb === 'add' ? NLM_F_CREATE : 0,
        Buffer.of(families[ref.family], 0, 0, 0),
        [
          text(NFTA_SET_ELEM_LIST_TABLE, ref.table),
          text(NFTA_SET_ELEM_LIST_SET, set),
          nested(
            NFTA_SET_ELEM_LIST_ELEMENTS,
            some.map((element) => nested(NFTA_LIST_ELEM, encodeElement(change, element))),
          ),
        ],
      ),
    );
  }
  return messages;
}

function encodeElement({ verb, keyTypes, interval }: ElementChange, { key, value, comment }: Element): Attribute[] {
  const keyAt = (end: 'first' | 'last'): Attribute[] => [bytes(NFTA_DATA_VALUE, encodeParts(keyTypes, key, end))];
  const attributes = [nested(NFTA_SET_ELEM_KEY, keyAt('first'))];
  if (interval) attributes.push(nested(NFTA_SET_ELEM_KEY_END, keyAt('last')));
  if (verb === 'delete') return attributes;
  if (value) attributes.push(nested(NFTA_SET_ELEM_DATA, encodeValue(value)));
  if (comment !== undefined)
    attributes.push(
      bytes(NFTA_SET_ELEM_USERDATA, Buffer.from([commentType, Buffer.byteLength(comment) + 1, ...Buffer.from(`${comment}\0`)])),
    );
  return attributes;
}

function encodeValue(value: NonNullable<Element['value']>): Attribute[] {
  if (!('verdict' in value)) return [bytes(NFTA_DATA_VALUE, encodeParts(value.types, value.parts, 'first'))];
  const code = Buffer.alloc(4);
  code.writeInt32BE(verdictCodes[value.verdict]);
  return [
    nested(NFTA_DATA_VERDICT, [bytes(NFTA_VERDICT_CODE, code), ...('chain' in value ? [text(NFTA_VERDICT_CHAIN, value.chain)] : [])]),
  ];
}

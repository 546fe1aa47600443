import { createHash } from 'node:crypto';
import { decodeAttributes, decodeText, KernelError, request, text, type NetlinkMessage, type RouteSocket } from '@netyard/netlink';
import { families, type TableRef } from './ruleset';

// include/uapi/linux/netfilter/nfnetlink.h, include/uapi/linux/netfilter/nf_tables.h
const NFNL_SUBSYS_NFTABLES = 10;
const NFT_MSG_GETCHAIN = 4;
const NFT_MSG_GETRULE = 7;
const NFT_MSG_GETSET = 10;
const NFT_MSG_GETOBJ = 19;
/** Of the table, in each of these messages. */
const NFTA_TABLE = 1;
const NFTA_CHAIN_HANDLE = 2;
const NFTA_CHAIN_NAME = 3;
const NFTA_CHAIN_HOOK = 4;
const NFTA_CHAIN_POLICY = 5;
const NFTA_CHAIN_FLAGS = 10;
const NFTA_OBJ_NAME = 2;
const NFTA_OBJ_TYPE = 3;
const NFTA_OBJ_DATA = 4;
const NFTA_SET_NAME = 2;
const NFTA_SET_FLAGS = 3;
const NFTA_SET_KEY_TYPE = 4;
const NFTA_SET_DATA_TYPE = 6;
const NFTA_SET_HANDLE = 16;
const NFT_OBJECT_COUNTER = 1;
const NFTA_COUNTER_BYTES = 1;
const NFTA_COUNTER_PACKETS = 2;

export interface NamedCounter {
  name: string;
  packets: number;
  bytes: number;
}

/**
 * A hash of all that is in a table but for the elements of sets and the counts of counters; equal as long as nobody changes it, since what is made anew has other
 * handles. Without libnftables, hundredfold in less time. Throws KernelError. Equivalent to: `nft --handle --stateless --terse list table FAMILY TABLE`.
 */
export function fingerprintTable(socket: RouteSocket, ref: TableRef): string {
  const hash = createHash('sha256');
  const rules = dump(socket, ref, NFT_MSG_GETRULE, 'rules');
  for (const { payload } of rules) hash.update(payload.subarray(headerBytes));
  // What changes with elements and references is left out.
  const facts: [number, string, number[]][] = [
    [NFT_MSG_GETCHAIN, 'chains', [NFTA_CHAIN_HANDLE, NFTA_CHAIN_NAME, NFTA_CHAIN_HOOK, NFTA_CHAIN_POLICY, NFTA_CHAIN_FLAGS]],
    [NFT_MSG_GETSET, 'sets', [NFTA_SET_HANDLE, NFTA_SET_NAME, NFTA_SET_FLAGS, NFTA_SET_KEY_TYPE, NFTA_SET_DATA_TYPE]],
    [NFT_MSG_GETOBJ, 'objects', [NFTA_OBJ_NAME, NFTA_OBJ_TYPE]],
  ];
  for (const [type, what, wanted] of facts) {
    const messages = dump(socket, ref, type, what);
    hash.update(`${what} ${messages.length}\n`);
    for (const { payload } of messages) {
      const attributes = decodeAttributes(payload.subarray(headerBytes));
      for (const attribute of wanted) hash.update(attributes.get(attribute) ?? '-');
    }
  }
  return hash.digest('base64');
}

/** The named counters of a table. Throws KernelError. Equivalent to: `nft list counters table FAMILY TABLE`. */
export function listCounters(socket: RouteSocket, ref: TableRef): NamedCounter[] {
  return dump(socket, ref, NFT_MSG_GETOBJ, 'counters').flatMap(({ payload }) => {
    const attributes = decodeAttributes(payload.subarray(headerBytes));
    if (attributes.get(NFTA_OBJ_TYPE)?.readUInt32BE() !== NFT_OBJECT_COUNTER) return [];
    const data = decodeAttributes(attributes.get(NFTA_OBJ_DATA) ?? Buffer.alloc(0));
    const count = (type: number): number => Number(data.get(type)?.readBigUInt64BE() ?? 0n);
    return [
      { name: decodeText(attributes.get(NFTA_OBJ_NAME)) ?? '', packets: count(NFTA_COUNTER_PACKETS), bytes: count(NFTA_COUNTER_BYTES) },
    ];
  });
}

/** struct nfgenmsg */
const headerBytes = 4;

/** What there is of a table; nothing when there is no such table. Kernels before 6.2 or so do not know all of these filters, and tell of other tables too. */
function dump(socket: RouteSocket, { family, table }: TableRef, type: number, what: string): NetlinkMessage[] {
  const listing = request(
    `nft list ${what} of ${family} ${table}`,
    (NFNL_SUBSYS_NFTABLES << 8) | type,
    0,
    Buffer.of(families[family], 0, 0, 0),
    [text(NFTA_TABLE, table)],
  );
  let messages: NetlinkMessage[];
  try {
    messages = socket.dump(listing);
  } catch (error) {
    if (error instanceof KernelError && error.errnoName === 'ENOENT') return [];
    throw error;
  }
  return messages.filter(
    ({ payload }) =>
      payload.readUInt8(0) === families[family] &&
      decodeText(decodeAttributes(payload.subarray(headerBytes), tableOnly).get(NFTA_TABLE)) === table,
  );
}

const tableOnly = new Set([NFTA_TABLE]);

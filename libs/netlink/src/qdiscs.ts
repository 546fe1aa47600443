import { bytes, decodeAttributes, decodeText, nested, text, uint32, type Attribute } from './attribute';
import { request, type NetlinkMessage, type NetlinkRequest } from './message';
import type { RouteSocket } from './route-socket';

// include/uapi/linux/rtnetlink.h, pkt_sched.h, pkt_cls.h, tc_act/tc_mirred.h, if_ether.h
const RTM_NEWQDISC = 36;
const RTM_DELQDISC = 37;
const RTM_GETQDISC = 38;
const RTM_NEWTFILTER = 44;
const RTM_GETTFILTER = 46;
const NLM_F_REPLACE = 0x100;
const NLM_F_EXCL = 0x200;
const NLM_F_CREATE = 0x400;
const TC_H_ROOT = 0xffff_ffff;
const TC_H_INGRESS = 0xffff_fff1;
const ingressHandle = 0xffff_0000;
const rootHandle = 0x0001_0000;
const TCA_KIND = 1;
const TCA_OPTIONS = 2;
const TCA_TBF_PARMS = 1;
const TCA_TBF_RATE64 = 4;
const TCA_TBF_BURST = 6;
const TC_LINKLAYER_ETHERNET = 1;
const TCA_U32_SEL = 5;
const TCA_U32_ACT = 7;
const TC_U32_TERMINAL = 1;
const TCA_ACT_KIND = 1;
const TCA_ACT_OPTIONS = 2;
const TCA_MIRRED_PARMS = 2;
const TCA_EGRESS_REDIR = 1;
const TC_ACT_STOLEN = 4;
const ETH_P_ALL = 3;

/** The first filter of the first hash table. */
const redirectHandle = 0x8000_0800;
const mirredTargetOffset = 24;

const most32Bits = 0xffff_ffff;
/** How long a packet may wait before the queue counts as full. */
const latencySeconds = 0.05;
/** What may go out at once: so much of the rate, and at least three full frames. */
const burstSeconds = 0.005;
const leastBurstBytes = 3 * 1_514;

/** A queueing discipline of a link, as far as it is looked at. */
export interface Qdisc {
  linkIndex: number;
  /** `tbf`, `ingress`, … */
  kind: string;
  /** Of token buckets. */
  bytesPerSecond: number | null;
}

/** struct tc_netem_qopt */
const netemOptionsBytes = 24;

/** struct tcmsg */
function header(linkIndex: number, handle: number, parent: number, info = 0): Buffer {
  const buffer = Buffer.alloc(20);
  buffer.writeInt32LE(linkIndex, 4);
  buffer.writeUInt32LE(handle, 8);
  buffer.writeUInt32LE(parent, 12);
  buffer.writeUInt32LE(info, 16);
  return buffer;
}

/**
 * Lets a link send so much and no more; packets above that wait, and are dropped when too many wait. Takes the place of what is at the root. May be repeated.
 * Equivalent to: `tc qdisc replace dev LINK root handle 1: tbf rate RATE burst BURST latency 50ms`. Errors: ENOENT (the kernel has no tbf, CONFIG_NET_SCH_TBF).
 */
export function replaceTokenBucket(linkIndex: number, bytesPerSecond: number): NetlinkRequest {
  const burst = Math.max(leastBurstBytes, Math.round(bytesPerSecond * burstSeconds));
  const limit = Math.min(most32Bits, burst + Math.round(bytesPerSecond * latencySeconds));
  // struct tc_tbf_qopt: two of struct tc_ratespec, limit, buffer, mtu. With a link layer no table of rates is needed.
  const parameters = Buffer.alloc(36);
  parameters.writeUInt8(TC_LINKLAYER_ETHERNET, 1);
  parameters.writeUInt32LE(Math.min(bytesPerSecond, most32Bits), 8);
  parameters.writeUInt32LE(limit, 24);
  const options = [bytes(TCA_TBF_PARMS, parameters), uint32(TCA_TBF_BURST, burst)];
  if (bytesPerSecond >= most32Bits) options.push(uint64(TCA_TBF_RATE64, bytesPerSecond));
  return request(
    `tc qdisc replace dev ${linkIndex} root handle 1: tbf rate ${bytesPerSecond * 8} burst ${burst} latency 50ms`,
    RTM_NEWQDISC,
    NLM_F_CREATE | NLM_F_REPLACE,
    header(linkIndex, rootHandle, TC_H_ROOT),
    [text(TCA_KIND, 'tbf'), nested(TCA_OPTIONS, options)],
  );
}

/** Equivalent to: `tc qdisc del dev LINK root`. Errors: ENOENT (there is none but the default). */
export const deleteRootQdisc = (linkIndex: number): NetlinkRequest =>
  request(`tc qdisc del dev ${linkIndex} root`, RTM_DELQDISC, 0, header(linkIndex, 0, TC_H_ROOT));

/** Equivalent to: `tc qdisc add dev LINK ingress`. Errors: EEXIST, ENOENT (CONFIG_NET_SCH_INGRESS). */
export const addIngressQdisc = (linkIndex: number): NetlinkRequest =>
  request(
    `tc qdisc add dev ${linkIndex} ingress`,
    RTM_NEWQDISC,
    NLM_F_CREATE | NLM_F_EXCL,
    header(linkIndex, ingressHandle, TC_H_INGRESS),
    [text(TCA_KIND, 'ingress')],
  );

/** Equivalent to: `tc qdisc del dev LINK ingress`. Errors: EINVAL or ENOENT (there is none). */
export const deleteIngressQdisc = (linkIndex: number): NetlinkRequest =>
  request(`tc qdisc del dev ${linkIndex} ingress`, RTM_DELQDISC, 0, header(linkIndex, ingressHandle, TC_H_INGRESS));

/**
 * Makes all that a link receives go out by another one instead, from which it comes back as if it had just arrived when that is an `ifb`. Needs the ingress qdisc.
 * May be repeated, also with another target. Equivalent to:
 * `tc filter replace dev LINK ingress protocol all prio 1 handle 800::800 u32 match u32 0 0 action mirred egress redirect dev TARGET`.
 * Errors: ENOENT (CONFIG_NET_CLS_U32 or CONFIG_NET_ACT_MIRRED), EINVAL (no ingress qdisc). Source: net/sched/cls_u32.c.
 */
export function redirectReceived(linkIndex: number, targetIndex: number): NetlinkRequest {
  // struct tc_u32_sel with one key that matches everything.
  const selector = Buffer.alloc(16 + 16);
  selector.writeUInt8(TC_U32_TERMINAL, 0);
  selector.writeUInt8(1, 2);
  // struct tc_mirred: index, capabilities, action, two counts, what to do, and with which link.
  const mirred = Buffer.alloc(28);
  mirred.writeInt32LE(TC_ACT_STOLEN, 8);
  mirred.writeInt32LE(TCA_EGRESS_REDIR, 20);
  mirred.writeUInt32LE(targetIndex, mirredTargetOffset);
  const action = nested(1, [text(TCA_ACT_KIND, 'mirred'), nested(TCA_ACT_OPTIONS, [bytes(TCA_MIRRED_PARMS, mirred)])]);
  const info = ((1 << 16) | (ETH_P_ALL << 8)) >>> 0;
  return request(
    `tc filter replace dev ${linkIndex} ingress protocol all prio 1 handle 800::800 u32 match u32 0 0 action mirred egress redirect dev ${targetIndex}`,
    RTM_NEWTFILTER,
    NLM_F_CREATE | NLM_F_REPLACE,
    header(linkIndex, redirectHandle, ingressHandle, info),
    [text(TCA_KIND, 'u32'), nested(TCA_OPTIONS, [bytes(TCA_U32_SEL, selector), nested(TCA_U32_ACT, [action])])],
  );
}

/**
 * Where what a link receives is redirected to, by its u32 filters, in their order: indexes of links, 0 for one that is gone (what is sent there is dropped).
 * Equivalent to: `tc filter show dev LINK ingress`. Errors: EINVAL (no such link).
 */
export function listRedirects(socket: RouteSocket, linkIndex: number): number[] {
  return socket
    .dump(request(`tc filter show dev ${linkIndex} ingress`, RTM_GETTFILTER, 0, header(linkIndex, 0, ingressHandle)))
    .flatMap(decodeRedirects);
}

function decodeRedirects({ payload }: NetlinkMessage): number[] {
  const attributes = decodeAttributes(payload.subarray(20));
  if (decodeText(attributes.get(TCA_KIND)) !== 'u32') return [];
  const inside = (parent: Map<number, Buffer>, type: number): Map<number, Buffer> => decodeAttributes(parent.get(type) ?? Buffer.alloc(0));
  const actions = [...inside(inside(attributes, TCA_OPTIONS), TCA_U32_ACT).values()].map((action) => decodeAttributes(action));
  return actions.flatMap((action) => {
    const parameters = inside(action, TCA_ACT_OPTIONS).get(TCA_MIRRED_PARMS);
    return decodeText(action.get(TCA_ACT_KIND)) === 'mirred' && parameters ? [parameters.readUInt32LE(mirredTargetOffset)] : [];
  });
}

/** Equivalent to: `tc qdisc show`. */
export function listQdiscs(socket: RouteSocket): Qdisc[] {
  return socket.dump(request('tc qdisc show', RTM_GETQDISC, 0, header(0, 0, 0))).map(decodeQdisc);
}

function decodeQdisc({ payload }: NetlinkMessage): Qdisc {
  const attributes = decodeAttributes(payload.subarray(20));
  const kind = decodeText(attributes.get(TCA_KIND)) ?? '';
  const linkIndex = payload.readInt32LE(4);
  if (kind !== 'tbf') return { linkIndex, kind, bytesPerSecond: null };
  const options = decodeAttributes(attributes.get(TCA_OPTIONS) ?? Buffer.alloc(0));
  const wide = options.get(TCA_TBF_RATE64);
  const narrow = options.get(TCA_TBF_PARMS)?.readUInt32LE(8) ?? 0;
  return { linkIndex, kind, bytesPerSecond: wide ? Number(wide.readBigUInt64LE(0)) : narrow };
}

function uint64(type: number, value: number): Attribute {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return bytes(type, buffer);
}

/** `tc qdisc add dev LINK root netem`, which does nothing yet. Errors: ENOENT (CONFIG_NET_SCH_NETEM). */
export const addNetem = (linkIndex: number): NetlinkRequest =>
  request(`tc qdisc add dev ${linkIndex} root netem`, RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, header(linkIndex, 0, TC_H_ROOT), [
    text(TCA_KIND, 'netem'),
    bytes(TCA_OPTIONS, Buffer.alloc(netemOptionsBytes)),
  ]);

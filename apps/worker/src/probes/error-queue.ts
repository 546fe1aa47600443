import { fromByteArray } from 'ipaddr.js';
import koffi from 'koffi';
import { AF_INET6 } from './socket-address';

// include/linux/socket.h, include/uapi/linux/errqueue.h
const MSG_ERRQUEUE = 0x2000;
const MSG_DONTWAIT = 0x40;
/** The error arose on this host. */
export const SO_EE_ORIGIN_LOCAL = 1;

/** What became of a packet that did not arrive, as the kernel or somebody on its way has said. */
export interface QueuedError {
  number: number;
  origin: number;
  /** Of the ICMP message. */
  type: number;
  /** With EMSGSIZE: the largest packet that could go on, in bytes; 0 where that was not said. */
  info: number;
  /** Who said it; where nobody did, all zeros. */
  offender: string;
  /** How the packet began, behind its IP header. */
  quoted: Buffer;
}

koffi.struct('iovec', { base: 'void *', length: 'size_t' });
koffi.struct('msghdr', {
  name: 'void *',
  nameLength: 'uint32_t',
  vectors: 'iovec *',
  vectorCount: 'size_t',
  control: 'void *',
  controlLength: 'size_t',
  flags: 'int',
});
const recvmsg = koffi.load('libc.so.6').func('int64_t recvmsg(int fd, _Inout_ msghdr *message, int flags)');

const controlHeaderBytes = 16;
/** struct sock_extended_err, behind which the offender's sockaddr lies. */
const extendedErrorBytes = 16;

/** Takes the oldest error out of a socket's error queue, without waiting; undefined: there is none. Source: ip(7), IP_RECVERR. */
export function readError(fd: number): QueuedError | undefined {
  const control = Buffer.alloc(512);
  const data = Buffer.alloc(512);
  const message = {
    name: null,
    nameLength: 0,
    vectors: [{ base: data, length: data.length }],
    vectorCount: 1,
    control,
    controlLength: control.length,
    flags: 0,
  };
  const length = Number(recvmsg(fd, message, MSG_ERRQUEUE | MSG_DONTWAIT));
  if (length < 0) return undefined;
  const error = control.subarray(controlHeaderBytes);
  const offender = error.subarray(extendedErrorBytes);
  const v6 = offender.readUInt16LE(0) === AF_INET6;
  return {
    number: error.readUInt32LE(0),
    origin: error.readUInt8(4),
    type: error.readUInt8(5),
    info: error.readUInt32LE(8),
    offender: fromByteArray([...(v6 ? offender.subarray(8, 24) : offender.subarray(4, 8))]).toString(),
    quoted: data.subarray(0, length),
  };
}

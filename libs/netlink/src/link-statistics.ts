/** Counters of a link since it was made; bytes and packets as the link sees them, so what it received is what its peer sent. */
export interface LinkStatistics {
  receivedPackets: number;
  sentPackets: number;
  receivedBytes: number;
  sentBytes: number;
  receiveErrors: number;
  sendErrors: number;
  receiveDropped: number;
  sendDropped: number;
}

/** Exact up to 2^53. Source: include/uapi/linux/if_link.h, struct rtnl_link_stats64. */
export function decodeStatistics(value: Buffer): LinkStatistics {
  const counter = (position: number): number => Number(value.readBigUInt64LE(position * 8));
  return {
    receivedPackets: counter(0),
    sentPackets: counter(1),
    receivedBytes: counter(2),
    sentBytes: counter(3),
    receiveErrors: counter(4),
    sendErrors: counter(5),
    receiveDropped: counter(6),
    sendDropped: counter(7),
  };
}

/** News of a stream, from another replica. */
export interface Notice {
  streamId: string;
  /** The stream's last one. */
  revision: number;
  /** How many entries were added. */
  steps: number;
  replicaId: string;
}

export interface TransportListener {
  onNotice(notice: Notice): void;
  /** Notices may have been lost: anything may have changed. */
  onGap(): void;
}

/**
 * Brings word of what other replicas have committed. Only wakes: the streams themselves are read from the database, whose revisions order them, so a notice that comes late, twice or out of order does no
 * harm. One that is lost for good is made up for by whoever looks at the revisions now and then (`FeedHub`).
 */
export abstract class FeedTransport {
  /** May be called before the transport is up. */
  abstract listen(listener: TransportListener): void;
  /** Tells the others, soon: notices that gather meanwhile go together. Never throws. */
  abstract announce(notices: Notice[]): void;
}

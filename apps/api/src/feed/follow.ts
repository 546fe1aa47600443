import type { EventStream } from './event-stream';
import type { FeedHub } from './feed-hub';
import type { FeedBatch, FeedLog } from './feed-log';

/** Hands on what a stream says after `revision`, batch by batch and in order, until the client goes. */
export async function followStream(
  { hub, log }: { hub: FeedHub; log: FeedLog },
  streamId: string,
  revision: number,
  output: EventStream,
  hand: (batch: FeedBatch) => Promise<void>,
): Promise<void> {
  const subscription = hub.subscribe(streamId);
  output.closed.addEventListener('abort', () => subscription.close());
  try {
    let cursor = revision;
    while (!output.closed.aborted) {
      const next = subscription.next(cursor);
      if (next === undefined) {
        await subscription.changed();
        continue;
      }
      const batch = next === 'read' ? await log.after(streamId, cursor) : next;
      if (!batch) continue;
      await hand(batch);
      cursor = batch.revision;
      // There may be more than one batch.
      if (next === 'read') subscription.wake();
    }
  } catch (error) {
    // The database may be closed before the last reader has noticed that nobody listens any more.
    if (!output.closed.aborted) throw error;
  } finally {
    subscription.close();
  }
}

import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { expect, it } from 'vitest';
import { streamObstacles } from './nats-stream';

const own: Partial<StreamConfig> = { subjects: ['netyard.feed.>'], retention: RetentionPolicy.Limits, discard: DiscardPolicy.Old };

const cases: { name: string; in: Partial<StreamConfig>; want: string[] }[] = [
  { name: 'as we make it', in: {}, want: [] },
  { name: 'on disk, replicated, with limits', in: { storage: StorageType.File, num_replicas: 3, max_msgs: 1000, max_age: 0 }, want: [] },
  { name: 'with more subjects', in: { subjects: ['orders.*', 'netyard.>'] }, want: [] },
  { name: 'with one token for our ids', in: { subjects: ['netyard.feed.*'] }, want: [] },
  { name: 'with a wildcard before', in: { subjects: ['*.feed.>'] }, want: [] },
  { name: 'discarding new ones without a limit', in: { discard: DiscardPolicy.New, max_msgs: -1 }, want: [] },
  { name: 'of other subjects', in: { subjects: ['netyard.feed', 'orders.>'] }, want: ['its subjects (netyard.feed, orders.>) lack'] },
  { name: 'of deeper subjects', in: { subjects: ['netyard.feed.*.>'] }, want: ['its subjects (netyard.feed.*.>) lack'] },
  { name: 'a mirror, without subjects', in: { subjects: undefined }, want: ['its subjects (none) lack'] },
  { name: 'a work queue', in: { retention: RetentionPolicy.Workqueue }, want: ['its retention is workqueue'] },
  { name: 'full', in: { discard: DiscardPolicy.New, max_msgs: 10 }, want: ['it refuses new messages once it is full'] },
  { name: 'of small messages, sealed', in: { max_msg_size: 64, sealed: true }, want: ['it is sealed', 'it takes messages of 64 bytes'] },
  { name: 'without acknowledgement', in: { no_ack: true }, want: ['it acknowledges nothing'] },
];

it.each(cases)('says what keeps a stream from serving: $name', ({ in: given, want }) => {
  const obstacles = streamObstacles({ ...own, ...given });
  expect(obstacles).toEqual(want.map((text) => expect.stringContaining(text)));
});

import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

/** The stream of JetStream that all replicas share; the subject of a notice is `netyard.feed.<stream>`. */
export const streamName = 'netyard-feed';
export const subjectPrefix = 'netyard.feed';

/** Notices are of use only while somebody may wait for them. */
const maxAgeMs = 60_000;

/** A notice is two UUIDs and two numbers. */
const noticeBytes = 512;

/**
 * Sees to it that the stream is there, and serves: one that somebody has made otherwise (on disk, replicated, with limits of his own) is used as it is. Throws, with every
 * reason, when it does not serve. May be repeated, by several replicas at the same time.
 */
export async function ensureStream(manager: JetStreamManager): Promise<void> {
  const config = (await findStream(manager)) ?? (await addStream(manager));
  const obstacles = streamObstacles(config);
  if (obstacles.length > 0) throw new Error(`the stream ${streamName} cannot be used: ${obstacles.join('; ')}`);
}

async function addStream(manager: JetStreamManager): Promise<StreamConfig> {
  try {
    const added = await manager.streams.add({
      name: streamName,
      subjects: [`${subjectPrefix}.>`],
      storage: StorageType.Memory,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: nanos(maxAgeMs),
    });
    return added.config;
  } catch (error) {
    // Of several replicas that make it in the same moment some are told that theirs overlaps with it.
    const config = await findStream(manager);
    if (!config) throw error;
    return config;
  }
}

async function findStream(manager: JetStreamManager): Promise<StreamConfig | undefined> {
  try {
    return (await manager.streams.info(streamName)).config;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return undefined;
    throw error;
  }
}

/** What keeps a stream from carrying notices to every replica; nothing of where or how often it is kept. */
export function streamObstacles(config: Partial<StreamConfig>): string[] {
  const isLimited = (config.max_msgs ?? -1) > 0 || (config.max_bytes ?? -1) > 0 || (config.max_msgs_per_subject ?? -1) > 0;
  const obstacles: [boolean, string][] = [
    [
      !(config.subjects ?? []).some(coversNotices),
      `its subjects (${(config.subjects ?? []).join(', ') || 'none'}) lack ${subjectPrefix}.>`,
    ],
    [
      config.retention !== undefined && config.retention !== RetentionPolicy.Limits,
      `its retention is ${config.retention}, which gives a message to one replica alone or keeps it until all have read it; it has to be limits`,
    ],
    [config.discard === DiscardPolicy.New && isLimited, 'it refuses new messages once it is full (discard new); it has to drop old ones'],
    [config.no_ack === true, 'it acknowledges nothing (no_ack)'],
    [config.sealed === true, 'it is sealed'],
    [
      (config.max_msg_size ?? -1) > 0 && (config.max_msg_size ?? 0) < noticeBytes,
      `it takes messages of ${config.max_msg_size} bytes at most, fewer than ${noticeBytes}`,
    ],
  ];
  return obstacles.flatMap(([is, text]) => (is ? [text] : []));
}

/** Whether a subject with wildcards has all of ours: a notice's has one token behind the prefix. */
function coversNotices(pattern: string): boolean {
  const own = [...subjectPrefix.split('.'), '*'];
  const tokens = pattern.split('.');
  const rest = tokens.indexOf('>');
  if (rest === -1 ? tokens.length !== own.length : rest >= own.length) return false;
  return tokens.slice(0, rest === -1 ? own.length : rest).every((token, index) => token === '*' || token === own[index]);
}

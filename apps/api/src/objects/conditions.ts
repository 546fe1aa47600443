import { type Condition, type ConditionStatus, type ReportedCondition, warningConditions } from '@netyard/contracts';

/** What an object says of itself before its host has. */
export function pendingConditions(message: string, now = new Date()): Condition[] {
  return [{ type: 'Ready', status: 'False', reason: 'Pending', message, lastTransitionTime: now.toISOString(), observedGeneration: 0 }];
}

/** An endpoint that is joined to nothing. */
export function idleConditions(
  reason: 'NotJoined' | 'Leaving' | 'Moving',
  message: string,
  generation: number,
  now = new Date(),
): Condition[] {
  return [{ type: 'Ready', status: 'False', reason, message, lastTransitionTime: now.toISOString(), observedGeneration: generation }];
}

/** Takes a report over, with `Ready` derived from it: True when every condition is that does not merely warn. Times of transition stay where the status does. */
export function mergeConditions(previous: Condition[], reported: ReportedCondition[], generation: number, now = new Date()): Condition[] {
  const before = new Map(previous.map((condition) => [condition.type, condition]));
  return [summary(reported.filter(({ type }) => !warningConditions.has(type))), ...reported.filter(({ type }) => type !== 'Ready')].map(
    (condition) => {
      const same = before.get(condition.type);
      const lastTransitionTime = same?.status === condition.status ? same.lastTransitionTime : now.toISOString();
      return { ...condition, lastTransitionTime, observedGeneration: generation };
    },
  );
}

function summary(reported: ReportedCondition[]): ReportedCondition {
  const failing =
    reported.find(({ status, reason }) => status === 'False' && reason !== 'Undone') ?? reported.find(({ status }) => status !== 'True');
  if (!failing) return { type: 'Ready', status: 'True', reason: 'Applied', message: '' };
  const { type, status, reason, message } = failing;
  return { type: 'Ready', status, reason, message: message || `${type} is ${status}` };
}

/** What the API finds out of an object itself. */
interface Finding {
  type: string;
  /** Of the condition when all is well, and when it is not. */
  reasons: { good: string; bad: string };
  /** What is wrong; null: nothing. */
  message: string | null;
  /** The same as `Ready` says it. */
  summary?: string;
}

/** Conditions with a finding: while it is bad the object is not Ready. */
function withFinding(conditions: Condition[], { type, reasons, message, summary }: Finding, observedGeneration: number): Condition[] {
  const ready = readyCondition(conditions);
  const lastTransitionTime = ready?.lastTransitionTime ?? new Date(0).toISOString();
  const status = message === null ? 'True' : 'False';
  const reason = message === null ? reasons.good : reasons.bad;
  const isSpoilt = ready?.status === 'True' && message !== null;
  const summed = isSpoilt ? { ...ready, status: 'False' as const, reason, message: summary ?? message } : ready;
  const found: Condition = { type, status, reason, message: message ?? '', lastTransitionTime, observedGeneration };
  return [...(summed ? [summed] : []), ...conditions.filter((condition) => condition.type !== 'Ready'), found];
}

/** An endpoint's conditions with what its published ports add: it is Ready when they are. `unready`: what one that is not published says. */
export function withPorts(conditions: Condition[], unready: string | null, observedGeneration: number): Condition[] {
  const summary = unready === null ? {} : { summary: `port ${unready}` };
  return withFinding(
    conditions,
    { type: 'PortsReady', reasons: { good: 'Published', bad: 'NotPublished' }, message: unready, ...summary },
    observedGeneration,
  );
}

/** An endpoint's conditions with what other hosts say: it is Ready when all of them reach it. `unreached`: those that do not. */
export function withPeers(conditions: Condition[], unreached: string | null, observedGeneration: number): Condition[] {
  const message = unreached === null ? null : `not yet reached by ${unreached}`;
  return withFinding(conditions, { type: 'PeersReady', reasons: { good: 'Reached', bad: 'NotReached' }, message }, observedGeneration);
}

/** An endpoint's conditions with what others say that have a lease: it is Ready when none of its network, `sharers`, has been given the same address. */
export function withUniqueLease(conditions: Condition[], address: string, sharers: string | null, observedGeneration: number): Condition[] {
  const message = sharers === null ? null : `the DHCP server has given ${address} to ${sharers} too`;
  return withFinding(conditions, { type: 'AddressUnique', reasons: { good: 'Unique', bad: 'AddressInUse' }, message }, observedGeneration);
}

export const readyCondition = (conditions: Condition[]): Condition | undefined => conditions.find(({ type }) => type === 'Ready');

export function isReadyAt(conditions: Condition[], generation: number): boolean {
  const ready = readyCondition(conditions);
  return ready?.status === 'True' && ready.observedGeneration >= generation;
}

/** The `Ready` of something that stands on several hosts: as good as the worst of them. */
export function aggregateReady(hosts: { host: string; conditions: Condition[] }[], generation: number, createdAt: Date): Condition {
  const readies = hosts.map(({ host, conditions }) => ({ host, ready: readyCondition(conditions) }));
  const times = readies.flatMap(({ ready }) => (ready ? [ready.lastTransitionTime] : [])).sort();
  const lastTransitionTime = times.at(-1) ?? createdAt.toISOString();
  const worst = readies.find(({ ready }) => ready?.status !== 'True' || ready.observedGeneration < generation);
  if (hosts.length === 0) {
    return {
      type: 'Ready',
      status: 'True',
      reason: 'NotRealised',
      message: 'No host has an endpoint of it yet.',
      lastTransitionTime,
      observedGeneration: generation,
    };
  }
  if (!worst) return { type: 'Ready', status: 'True', reason: 'Applied', message: '', lastTransitionTime, observedGeneration: generation };
  const { host, ready } = worst;
  const isWaiting = !ready || ready.observedGeneration < generation;
  return {
    type: 'Ready',
    status: isWaiting ? 'False' : ready.status,
    reason: isWaiting ? 'Pending' : ready.reason,
    message: isWaiting ? `host ${host} has not reported yet` : `on host ${host}: ${ready.message}`,
    lastTransitionTime,
    observedGeneration: isWaiting ? (ready?.observedGeneration ?? 0) : generation,
  };
}

/** As many hosts are named that warn of the like. */
const namedHosts = 3;

/** A condition that merely warns, of something that stands on several hosts: as bad as the worst of them say. None where no host has said anything of it. */
export function aggregateWarning(type: string, hosts: { host: string; conditions: Condition[] }[], generation: number): Condition[] {
  const said = hosts.flatMap(({ host, conditions }) =>
    conditions.filter((condition) => condition.type === type).map((condition) => ({ host, condition })),
  );
  const of = (wanted: ConditionStatus): typeof said => said.filter(({ condition }) => condition.status === wanted);
  const [first, ...others] = [of('False'), of('Unknown'), of('True')].find(({ length }) => length > 0) ?? [];
  if (!first) return [];
  const named = others.slice(0, namedHosts).map(({ host }) => host);
  const more = others.length > named.length ? ` and ${others.length - named.length} more` : '';
  const isAlone = first.condition.status === 'True' || named.length === 0;
  const message = isAlone ? first.condition.message : `${first.condition.message}. The like is said by host ${named.join(', ')}${more}`;
  const lastTransitionTime =
    [first, ...others]
      .map(({ condition }) => condition.lastTransitionTime)
      .sort()
      .at(-1) ?? '';
  return [{ ...first.condition, message, lastTransitionTime, observedGeneration: generation }];
}

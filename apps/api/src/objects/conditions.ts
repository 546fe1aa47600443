import type { Condition, ReportedCondition } from '@netyard/contracts';

/** What an object says of itself before its host has. */
export function pendingConditions(message: string, now = new Date()): Condition[] {
  return [{ type: 'Ready', status: 'False', reason: 'Pending', message, lastTransitionTime: now.toISOString(), observedGeneration: 0 }];
}

/** An endpoint that is joined to nothing. */
export function idleConditions(reason: 'NotJoined' | 'Leaving', message: string, generation: number, now = new Date()): Condition[] {
  return [{ type: 'Ready', status: 'False', reason, message, lastTransitionTime: now.toISOString(), observedGeneration: generation }];
}

/** Takes a report over, with `Ready` derived from it: True when every condition is. Times of transition stay where the status does. */
export function mergeConditions(previous: Condition[], reported: ReportedCondition[], generation: number, now = new Date()): Condition[] {
  const before = new Map(previous.map((condition) => [condition.type, condition]));
  return [summary(reported), ...reported.filter(({ type }) => type !== 'Ready')].map((condition) => {
    const same = before.get(condition.type);
    const lastTransitionTime = same?.status === condition.status ? same.lastTransitionTime : now.toISOString();
    return { ...condition, lastTransitionTime, observedGeneration: generation };
  });
}

function summary(reported: ReportedCondition[]): ReportedCondition {
  const failing =
    reported.find(({ status, reason }) => status === 'False' && reason !== 'Undone') ?? reported.find(({ status }) => status !== 'True');
  if (!failing) return { type: 'Ready', status: 'True', reason: 'Applied', message: '' };
  const { type, status, reason, message } = failing;
  return { type: 'Ready', status, reason, message: message || `${type} is ${status}` };
}

/** An endpoint's conditions with what its published ports add: it is Ready when they are. `unready`: what one that is not published says. */
export function withPorts(conditions: Condition[], unready: string | null, observedGeneration: number): Condition[] {
  const ready = readyCondition(conditions);
  const lastTransitionTime = ready?.lastTransitionTime ?? new Date(0).toISOString();
  const status = unready === null ? 'True' : 'False';
  const ports: Condition = {
    type: 'PortsReady',
    status,
    reason: unready === null ? 'Published' : 'NotPublished',
    message: unready ?? '',
    lastTransitionTime,
    observedGeneration,
  };
  const isSpoilt = ready?.status === 'True' && unready !== null;
  const summed = isSpoilt ? { ...ready, status: 'False' as const, reason: 'NotPublished', message: `port ${unready}` } : ready;
  return [...(summed ? [summed] : []), ...conditions.filter(({ type }) => type !== 'Ready'), ports];
}

/** An endpoint's conditions with what other hosts say: it is Ready when all of them reach it. `unreached`: those that do not. */
export function withPeers(conditions: Condition[], unreached: string | null, observedGeneration: number): Condition[] {
  const ready = readyCondition(conditions);
  const lastTransitionTime = ready?.lastTransitionTime ?? new Date(0).toISOString();
  const message = unreached === null ? '' : `not yet reached by ${unreached}`;
  const status = unreached === null ? 'True' : 'False';
  const reason = unreached === null ? 'Reached' : 'NotReached';
  const summed = ready?.status === 'True' && unreached !== null ? { ...ready, status: 'False' as const, reason, message } : ready;
  const peers: Condition = { type: 'PeersReady', status, reason, message, lastTransitionTime, observedGeneration };
  return [...(summed ? [summed] : []), ...conditions.filter(({ type }) => type !== 'Ready'), peers];
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

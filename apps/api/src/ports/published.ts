import type { Condition } from '@netyard/contracts';
import { pendingConditions, readyCondition } from '../objects/conditions';

/** Why a host does not publish a port of an endpoint on another host. */
export interface Refusal {
  /** One CamelCase word. */
  reason: string;
  message: string;
}

/** What a host has said of a port that is published there. */
export interface PortOnHost {
  host: string;
  /** The endpoint is on this host. */
  isOwn: boolean;
  isAlive: boolean;
  observedGeneration: number;
  conditions: Condition[];
  refusal: Refusal | null;
}

/** Hosts that cannot have the network at all, or take nothing new: they are named, and keep no port from being Ready. */
const unfit = new Set(['HostUnfit', 'SubnetOverlap', 'HostDrained']);

/**
 * The conditions of a port that is published on every host: True when the endpoint's own host publishes it and so do all others that live and can. What does not is
 * named with its host. Times of transition stay where the status does.
 */
export function publishedEverywhere(hosts: PortOnHost[], generation: number, previous: Condition[], now = new Date()): Condition[] {
  const sorted = [...hosts].sort((one, other) => (one.host < other.host ? -1 : 1));
  const culprits = sorted.filter((host) => isCulprit(host, generation));
  const published = sorted.filter((host) => isPublished(host, generation)).map(({ host }) => host);
  const cannot = sorted.filter(({ refusal }) => refusal !== null && unfit.has(refusal.reason)).map(said);
  const worst =
    culprits.find(({ refusal, conditions }) => refusal !== null || readyCondition(conditions)?.status === 'False') ?? culprits[0];
  const message = [
    ...(published.length > 0 ? [`published on ${published.join(', ')}`] : []),
    ...culprits.map((host) => `not yet on ${said(host)}`),
    ...cannot.map((text) => `not on ${text}`),
  ].join('; ');
  const status = worst ? 'False' : 'True';
  const reason = worst ? reasonOf(worst, generation) : 'Applied';
  const observedGeneration = Math.min(generation, ...sorted.filter(isAwaited).map((host) => host.observedGeneration));
  const before = new Map(previous.map((condition) => [condition.type, condition]));
  return ['Ready', 'Published'].map((type): Condition => {
    const same = before.get(type);
    const lastTransitionTime = same?.status === status ? same.lastTransitionTime : now.toISOString();
    return { type, status, reason, message, lastTransitionTime, observedGeneration };
  });
}

/** The conditions of one host, as the port shows them. */
export function conditionsOn({ conditions, refusal, host, observedGeneration }: PortOnHost, now = new Date()): Condition[] {
  if (refusal)
    return ['Ready', 'Published'].map((type) => ({
      type,
      status: 'False',
      ...refusal,
      lastTransitionTime: now.toISOString(),
      observedGeneration,
    }));
  return conditions.length > 0 ? conditions : pendingConditions(`host ${host} has not reported yet`, now);
}

const isAwaited = ({ isOwn, isAlive, refusal }: PortOnHost): boolean => refusal === null && (isOwn || isAlive);

const isPublished = ({ refusal, conditions, observedGeneration }: PortOnHost, generation: number): boolean =>
  refusal === null && readyCondition(conditions)?.status === 'True' && observedGeneration >= generation;

/** Silent hosts are not waited for, as is so with peers: their word says nothing about what they carry. */
function isCulprit(host: PortOnHost, generation: number): boolean {
  if (host.refusal) return !unfit.has(host.refusal.reason);
  return isAwaited(host) && !isPublished(host, generation);
}

function reasonOf({ refusal, conditions, observedGeneration }: PortOnHost, generation: number): string {
  if (refusal) return refusal.reason;
  const ready = readyCondition(conditions);
  return ready?.status === 'False' && observedGeneration >= generation ? ready.reason : 'Pending';
}

function said({ host, refusal, conditions }: PortOnHost): string {
  const message = refusal?.message ?? readyCondition(conditions)?.message;
  return message ? `${host}: ${message}` : host;
}

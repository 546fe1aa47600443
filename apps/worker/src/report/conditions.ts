import { NetyardError, type Desired, type ObjectReport, type ReportedCondition } from '@netyard/contracts';
import { KernelError } from '@netyard/netlink';
import type { LeaseStatus } from '../dhcp/messages';

type Reported = Exclude<Desired, { kind: 'probe' | 'inquiry' }>;

/** The conditions of each kind, in the order in which they come about. */
const conditionTypes = {
  router: ['RouterReady'],
  network: ['BridgeReady'],
  sandbox: ['NamespaceReady', 'NamesReady'],
  peer: ['Reachable'],
  key: ['Known'],
  endpoint: ['LinkReady', 'AddressesReady', 'RoutesReady', 'NamesReady'],
  port: ['Published'],
  policy: ['RulesReady'],
} as const satisfies Record<Reported['kind'], string[]>;

const messageLimit = 4_000;

/** The object stands as wanted, or it does not because of `error`. */
export function reportOn(subject: Reported, error?: unknown): ObjectReport {
  const { kind, id, generation } = subject;
  const types = conditionTypesOf(subject);
  const failed = error === undefined ? undefined : failedCondition(subject, error);
  const conditions = types.map((type): ReportedCondition => {
    if (error === undefined) return { type, status: 'True', reason: 'Applied', message: '' };
    if (type === failed) return { type, status: 'False', reason: reasonOf(error), message: messageOf(error).slice(0, messageLimit) };
    return { type, status: 'False', reason: 'Undone', message: `nothing is left standing when a part fails: see ${failed}` };
  });
  return { kind, id, observedGeneration: generation, gone: false, conditions };
}

/** The same report of a sandbox or endpoint whose resolver could not be set up. */
export const namesFailed = (report: ObjectReport, message: string): ObjectReport => ({
  ...report,
  conditions: report.conditions.map((condition) =>
    condition.type === 'NamesReady'
      ? { type: 'NamesReady', status: 'False', reason: 'ResolverFailed', message: message.slice(0, messageLimit) }
      : condition,
  ),
});

/** The same report of a policy on a host where nothing that stays within a bridge passes its rules: only what is routed does. */
export const withoutBridges = (report: ObjectReport): ObjectReport => ({
  ...report,
  conditions: report.conditions.map((condition) =>
    condition.type === 'RulesReady' && condition.status === 'True'
      ? {
          type: 'RulesReady',
          status: 'False',
          reason: 'NoBridgeNetfilter',
          message:
            'br_netfilter is not loaded in the kernel of the host: what stays within a network passes no policy there; modprobe br_netfilter',
        }
      : condition,
  ),
});

/** The same report of an endpoint whose address comes by DHCP: without a lease there are no addresses, routes and names to speak of. */
export function withLease(report: ObjectReport, { lease, problem }: LeaseStatus): ObjectReport {
  const leased: ReportedCondition = {
    type: 'Leased',
    status: lease ? 'True' : 'False',
    reason: problem?.reason ?? (lease?.state === 'renewing' ? 'Renewing' : 'Bound'),
    message: problem?.message ?? (lease?.state === 'renewing' ? `server ${lease.server} has not extended it yet, and is asked again` : ''),
  };
  const conditions = report.conditions.flatMap((condition): ReportedCondition[] => {
    if (condition.type === 'LinkReady') return [condition, leased];
    return lease || condition.status !== 'True' ? [condition] : [{ ...condition, status: 'Unknown', reason: 'NotLeased' }];
  });
  return { ...report, lease, conditions };
}

/** Nothing of the object is left in the kernel. */
export const reportGone = ({ kind, id, generation }: Reported): ObjectReport => ({
  kind,
  id,
  observedGeneration: generation,
  gone: true,
  conditions: [],
});

/** One CamelCase word: the kernel's error name as it is, or ours. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  if (error instanceof KernelError) return error.errnoName;
  if (error instanceof NetyardError) return error.code.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  return error instanceof Error ? error.name : 'Error';
}

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; undoing failed too: ');
  return error instanceof Error ? error.message : String(error);
}

/** Networks straight on the wire have no bridge: they stand on a parent. */
const conditionTypesOf = (subject: Reported): readonly [string, ...string[]] =>
  subject.kind === 'network' && (subject.driver === 'macvlan' || subject.driver === 'ipvlan')
    ? ['ParentReady']
    : conditionTypes[subject.kind];

function failedCondition(subject: Reported, error: unknown): string {
  if (subject.kind !== 'endpoint') return conditionTypesOf(subject)[0];
  if (error instanceof AggregateError) return failedCondition(subject, error.errors[0]);
  if (!(error instanceof KernelError)) return 'LinkReady';
  if (error.operation.startsWith('ip route')) return 'RoutesReady';
  return error.operation.startsWith('ip address') ? 'AddressesReady' : 'LinkReady';
}

import type { DesiredNetwork, ReportedCondition } from '@netyard/contracts';
import type { WantedPath } from './messages';
import { stateFor, type PathResult } from './path-search';

/** A path as one network needs it. */
export interface NetworkPath extends WantedPath {
  result: PathResult | undefined;
}

const type = 'UnderlayCarries';
/** As many hosts are named. */
const namedHosts = 3;

/** Whether the underlay carries what a network's tunnels send from this host, as far as was measured. A warning: the network itself stands. */
export function underlayCondition(
  from: string,
  { name, options }: Pick<DesiredNetwork, 'name' | 'options'>,
  paths: NetworkPath[],
  isMeasured: boolean,
): ReportedCondition {
  if (!isMeasured)
    return { type, status: 'Unknown', reason: 'NotMeasured', message: `host ${from} does not measure its underlay (--path-interval 0)` };
  if (paths.length === 0) return { type, status: 'True', reason: 'NoOtherHost', message: '' };
  const inState = (state: string): NetworkPath[] => paths.filter(({ result, neededBytes }) => stateFor(result, neededBytes) === state);
  const [dropping, silent, unmeasured] = [inState('drops'), inState('silent'), inState('unmeasured')];
  if (dropping.length > 0) return dropped(from, name, Number(options['mtuBytes']), dropping);
  if (unmeasured.length > 0)
    return {
      type,
      status: 'Unknown',
      reason: 'NotMeasured',
      message: `the way from host ${from} to ${list(unmeasured, named)} has not been measured yet`,
    };
  if (silent.length > 0)
    return {
      type,
      status: 'Unknown',
      reason: 'NoAnswer',
      message: `what the underlay carries from host ${from} to ${list(silent, named)} is not known: echo requests (ICMP) of any size stay unanswered`,
    };
  return { type, status: 'True', reason: 'Measured', message: '' };
}

function dropped(from: string, network: string, mtuBytes: number, paths: NetworkPath[]): ReportedCondition {
  const needed = Math.max(...paths.map(({ neededBytes }) => neededBytes));
  const most = Math.min(...paths.map(({ result }) => result?.carriedBytes ?? 0)) - (needed - mtuBytes);
  const isSilent = paths.some(({ result }) => result?.refusedBy === null);
  return {
    type,
    status: 'False',
    reason: isSilent ? 'DroppedSilently' : 'FragmentationNeeded',
    message:
      `the underlay carries from host ${from} to ${list(paths, carried)}, and network ${network} needs ${needed} ` +
      `(MTU ${mtuBytes} and ${needed - mtuBytes} for the tunnel): larger packets are ${isSilent ? 'lost' : 'refused, or cut on the way'}. ` +
      `Mend the underlay, or set option mtuBytes of network ${network} to ${most}`,
  };
}

const named = ({ host, remoteAddress }: NetworkPath): string => `host ${host} (${remoteAddress})`;

const carried = (path: NetworkPath): string => {
  const by = path.result?.refusedBy;
  return `${named(path)} packets of ${path.result?.carriedBytes} bytes${by ? `, as ${by} says` : ''}`;
};

function list(paths: NetworkPath[], tell: (path: NetworkPath) => string): string {
  const more = paths.length - namedHosts;
  return `${paths.slice(0, namedHosts).map(tell).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

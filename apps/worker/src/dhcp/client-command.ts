import type { LeaseWish } from './messages';

/** The program and where it is looked for: a service's PATH often lacks the folders of system programs. */
export const clientProgram = 'udhcpc';
export const programFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The descriptor by which the client finds its hook. It has 3 and 4 for itself (networking/udhcp/signalpipe.c of BusyBox 1.35). */
export const hookDescriptor = 5;

/**
 * What the client calls at each event: it writes the event's name and variables to the client's standard output, each closed by a zero byte, all by another one. When nobody reads
 * there any more, the worker is gone, and the client with it.
 */
export const hookScript = '#!/bin/sh\nevent=$1\nexport event\n{ env -0 && printf "\\0"; } || kill -KILL "$PPID"\n';

/** Raw sockets, to speak without an address; and port 68. */
const capabilities = '-all,+net_raw,+net_bind_service';
const nobody = '65534';

/** How often, and how fast one after another, a server is looked for before the client says that there is none; and when it begins again. */
const discovery = { tries: '4', pauseSeconds: '2', restSeconds: '5' };

/**
 * The command of an endpoint's DHCP client, run in the sandbox's network namespace by nobody with two capabilities, and ended by the kernel when the thread that started it ends.
 * `requested`: the address to ask for again. `hasNobody`: whether the user namespace knows that user; where it does not, the client is root there without other capabilities.
 */
export function clientCommand(wish: LeaseWish, requested: string | null, hasNobody: boolean): [program: string, args: string[]] {
  return [
    'nsenter',
    [
      `--net=${wish.namespacePath}`,
      '--',
      'setpriv',
      ...(hasNobody ? [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : []),
      `--inh-caps=${capabilities}`,
      `--ambient-caps=${capabilities}`,
      `--bounding-set=${capabilities}`,
      '--no-new-privs',
      '--pdeathsig=KILL',
      '--',
      clientProgram,
      '-f',
      '-R',
      '-i',
      wish.interfaceName,
      '-s',
      `/proc/self/fd/${hookDescriptor}`,
      '-o',
      ...['subnet', 'router', 'dns', 'domain'].flatMap((option) => ['-O', option]),
      '-t',
      discovery.tries,
      '-T',
      discovery.pauseSeconds,
      '-A',
      discovery.restSeconds,
      ...(wish.broadcast ? ['-B'] : []),
      ...(requested === null ? [] : ['-r', requested]),
      '-V',
      'netyard',
      '-x',
      `hostname:${wish.name}`,
      '-x',
      `0x3d:${clientId(wish.endpointId)}`,
    ],
  ];
}

/**
 * The client identifier (option 61) in hex: of type 255, with the end of the id as IAID and the whole of it as DUID (RFC 4361 section 6.1, RFC 6355). It is the endpoint's wherever it
 * is, whatever its MAC address, which ipvlan endpoints share.
 */
export function clientId(endpointId: string): string {
  const uuid = endpointId.replaceAll('-', '');
  return `ff${uuid.slice(-8)}0004${uuid}`;
}

/** Whether a user namespace whose uid_map this is knows the user nobody. */
export const mapsNobody = (uidMap: string): boolean =>
  uidMap
    .trim()
    .split('\n')
    .some((line) => {
      const [first = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
      return Number(nobody) >= first && Number(nobody) < first + count;
    });

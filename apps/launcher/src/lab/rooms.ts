import { existsSync, readFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from '../failure';

const run = promisify(execFile);

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The command that gives what follows a mount namespace of its own with an empty /run/netns and /etc/netns, so that nothing made there is ever seen outside and all
 * is gone with the last process. An ordinary user gets a user namespace around it, being root there.
 */
export function privateRoom(options: { network: boolean }, ...command: string[]): string[] {
  const flags = [
    '--mount',
    '--propagation',
    'private',
    ...(options.network ? ['--net'] : []),
    ...(isRoot() ? [] : ['--user', '--map-root-user']),
  ];
  // Where /run/netns is missing and cannot be made, /run itself is covered.
  const script = [
    'mkdir -p /run/netns 2>/dev/null || { mount -t tmpfs -o mode=755 netyard /run && mkdir -p /run/netns; }',
    'mount -t tmpfs -o mode=755 netyard /run/netns',
    ...ownEtcNetns,
    ...(options.network ? ['ip link set lo up'] : []),
    'exec "$@"',
  ];
  return ['unshare', ...flags, '--', 'sh', '-ec', script.join('\n'), 'room', ...command];
}

/** Where there is no /etc/netns, one is laid over /etc, since the machine's own is not to be changed; its layers lie below what covers /run/netns anew. */
const ownEtcNetns = [
  'if [ -d /etc/netns ]; then mount -t tmpfs -o mode=755 netyard /etc/netns',
  'else',
  '  mkdir /run/netns/upper /run/netns/work',
  '  mount -t overlay -o lowerdir=/etc,upperdir=/run/netns/upper,workdir=/run/netns/work netyard /etc 2>/dev/null || true',
  '  mkdir /etc/netns 2>/dev/null || true',
  '  mount -t tmpfs -o mode=755 netyard /run/netns',
  'fi',
];

/** The command that runs what follows in the room which process `pid` holds. */
export function inRoom(pid: number, ...command: string[]): string[] {
  return ['nsenter', '--target', String(pid), ...(isRoot() ? [] : ['--user', '--preserve-credentials']), '--mount', '--', ...command];
}

/** Throws Failure, with what to do, when this user may not make the namespaces that the lab needs. */
export async function requireRooms(): Promise<void> {
  const [program = '', ...args] = privateRoom({ network: true }, 'true');
  try {
    await run(program, args);
  } catch (error) {
    throw new Failure(whyNot((error as { stderr?: string }).stderr ?? String(error)));
  }
}

const switches: { file: string; isOff: (value: string) => boolean; remedy: string }[] = [
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    isOff: (value) => value === '0',
    remedy: 'sudo sysctl kernel.unprivileged_userns_clone=1',
  },
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    isOff: (value) => value === '1',
    remedy: 'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  },
  { file: '/proc/sys/user/max_user_namespaces', isOff: (value) => value === '0', remedy: 'sudo sysctl user.max_user_namespaces=15000' },
  { file: '/proc/sys/user/max_net_namespaces', isOff: (value) => value === '0', remedy: 'sudo sysctl user.max_net_namespaces=15000' },
];

function whyNot(stderr: string): string {
  const found = switches.filter(({ file, isOff }) => existsSync(file) && isOff(readFileSync(file, 'utf8').trim()));
  const said = stderr.trim().split('\n').at(-1) ?? '';
  if (isRoot())
    return `this root may not make mount and network namespaces (${said}). In a container it needs the capability SYS_ADMIN.\nWithout a lab: npm start -- --hosts 0`;
  const remedies = found.map(({ remedy }) => `    ${remedy}`);
  return [
    `this system does not let ordinary users make user namespaces, in which the lab hosts live (${said}).`,
    ...(remedies.length > 0
      ? ['Allow it until the next boot:', '', ...remedies, '']
      : ['In a container, its seccomp profile may forbid it.']),
    'Or run it as root (sudo npm start), or without a lab: npm start -- --hosts 0',
  ].join('\n');
}

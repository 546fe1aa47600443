/** Numbers of the guest's ports, in the order in which the emulator is given them; number 0 is the console's. */
export const guestPorts = { stdout: 1, stderr: 2, output: 3, status: 4 } as const;

const port = (name: keyof typeof guestPorts): string => `/dev/vport1p${guestPorts[name]}`;

/**
 * The guest's first program, in busybox's shell: it puts the root file system together from this machine's files, which it only reads, and a layer in memory that
 * takes the changes, and hands over to the second.
 */
export const firstProgram = (modulesFolder: string): string => `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t devtmpfs dev /dev
for module in /early/*; do insmod "$module"; done
mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=524288,cache=loose machine /lower
mount -t tmpfs -o size=75% changes /changes
mkdir /changes/upper /changes/work
mount -t overlay -o lowerdir=/lower,upperdir=/changes/upper,workdir=/changes/work root /root
mkdir -p /root/lib/modules
mount -o bind "/lower${modulesFolder}" /root/lib/modules
mount -t sysfs sys /root/sys
mount -t cgroup2 cgroup /root/sys/fs/cgroup
mount -t tmpfs run /root/run
mount --move /dev /root/dev
mount --move /proc /root/proc
mkdir -p /root/dev/pts /root/dev/shm /root/dev/net
mount -t devpts pts /root/dev/pts
mount -t tmpfs shm /root/dev/shm
ln -sf /proc/self/fd /root/dev/fd
[ -e /root/dev/net/tun ] || mknod /root/dev/net/tun c 10 200
ip link set lo up
cp /second /root/run/second
exec switch_root /root /bin/sh /run/second
`;

export interface GuestCommand {
  command: string[];
  folder: string;
  environment: Record<string, string>;
  /** A file that the command writes and that is to come out. */
  outputFile: string | null;
}

/**
 * Runs the command in a process namespace of its own, so that nothing outlives it, and in a room for namespaces of networks; sends out what it wrote and how it
 * ended, and switches the machine off.
 */
export const secondProgram = ({ command, folder, environment, outputFile }: GuestCommand): string => `
mkdir -p /run/netns /etc/netns
cd ${quoted(folder)}
env -i ${Object.entries(environment)
  .map(([name, value]) => quoted(`${name}=${value}`))
  .join(
    ' ',
  )} unshare --pid --fork --mount-proc --kill-child ${command.map(quoted).join(' ')} </dev/null >${port('stdout')} 2>${port('stderr')}
status=$?
${outputFile === null ? '' : `[ -e ${quoted(outputFile)} ] && cat ${quoted(outputFile)} >${port('output')}`}
echo $status >${port('status')}
echo o >/proc/sysrq-trigger
exec sleep infinity
`;

/** One word to a shell, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

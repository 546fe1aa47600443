import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failure';
import { firstProgram, guestPorts, secondProgram, type GuestCommand } from './guest';
import type { Kernel } from './kernel';

export interface MachineOptions extends GuestCommand {
  timeoutSeconds: number;
  memoryMib: number;
}

/** How GNU timeout and this program end when the time is up. */
export const timeUp = 124;

/** Runs a command in a throw-away virtual machine; gives its exit code, or `timeUp`. What it prints comes out as it is printed. Throws Failure when the machine breaks. */
export async function runInMachine(kernel: Kernel, options: MachineOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'netyard-vm-'));
  try {
    const initramfs = makeInitramfs(folder, kernel, options);
    const status = join(folder, 'status');
    writeFileSync(status, '');
    const output = options.outputFile ?? '/dev/null';
    if (options.outputFile !== null) mkdirSync(dirname(output), { recursive: true });
    const [stdout, stderr] = [await relay(join(folder, 'stdout'), process.stdout), await relay(join(folder, 'stderr'), process.stderr)];
    const code = await boot(emulatorArguments(kernel, initramfs, folder, { ...options, output, status }), folder, options.timeoutSeconds);
    for (const server of [stdout, stderr]) server.close();
    // The emulator makes the file, whether anything comes or not.
    if (options.outputFile !== null && statSync(output).size === 0) rmSync(output);
    const said = readFileSync(status, 'utf8').trim();
    if (said !== '') return Number(said);
    if (code === timeUp) return timeUp;
    const told = ['emulator', 'console']
      .map((name) => join(folder, name))
      .map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : ''))
      .join('');
    throw new Failure(`the virtual machine ended (${code}) before the command did:\n${told}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Passes on what the emulator sends to a socket. */
async function relay(path: string, output: NodeJS.WriteStream): Promise<Server> {
  const server = createServer((connection) => connection.on('data', (chunk) => output.write(chunk)));
  server.listen(path);
  await once(server, 'listening');
  return server;
}

/** The guest's first file system: busybox, the early modules, and the two programs. */
function makeInitramfs(folder: string, kernel: Kernel, options: GuestCommand): string {
  const root = join(folder, 'initramfs');
  for (const name of ['bin', 'early', 'dev', 'proc', 'lower', 'changes', 'root']) mkdirSync(join(root, name), { recursive: true });
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
  if (busybox === undefined) throw new Failure('busybox is missing: apt-get install busybox-static');
  copyFileSync(busybox, join(root, 'bin/busybox'));
  for (const [index, path] of kernel.early.entries())
    cpSync(path, join(root, 'early', `${String(index).padStart(2, '0')}-${basename(path)}`));
  writeFileSync(join(root, 'init'), firstProgram(join(kernel.root, 'lib/modules')), { mode: 0o755 });
  writeFileSync(join(root, 'second'), secondProgram(options));
  const archive = join(folder, 'initramfs.cpio');
  const files = execFileSync('find', ['.'], { cwd: root });
  writeFileSync(
    archive,
    execFileSync(busybox, ['cpio', '-o', '-H', 'newc'], { cwd: root, input: files, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] }),
  );
  return archive;
}

function emulatorArguments(
  kernel: Kernel,
  initramfs: string,
  folder: string,
  { memoryMib, output, status }: { memoryMib: number; output: string; status: string },
): string[] {
  const chardevs: Record<keyof typeof guestPorts, string> = {
    stdout: `socket,path=${join(folder, 'stdout')}`,
    stderr: `socket,path=${join(folder, 'stderr')}`,
    output: `file,path=${output}`,
    status: `file,path=${status}`,
  };
  return [
    ...[
      '-machine',
      'q35,usb=off,sata=off,smbus=off',
      '-accel',
      accelerator(),
      '-cpu',
      'max',
      '-smp',
      String(cpus().length),
      '-m',
      String(memoryMib),
    ],
    ...['-nodefaults', '-no-user-config', '-nic', 'none', '-display', 'none', '-no-reboot', '-kernel', kernel.image, '-initrd', initramfs],
    ...['-serial', `file:${join(folder, 'console')}`, '-append', `console=ttyS0 quiet panic=-1 ${clock()}`],
    ...['-fsdev', 'local,id=machine,path=/,security_model=none,multidevs=remap,readonly=on'],
    ...['-device', 'virtio-9p-pci,fsdev=machine,mount_tag=machine', '-device', 'virtio-serial-pci'],
    ...(Object.keys(guestPorts) as (keyof typeof guestPorts)[])
      .sort((one, other) => guestPorts[one] - guestPorts[other])
      .flatMap((name) => ['-chardev', `${chardevs[name]},id=${name}`, '-device', `virtserialport,chardev=${name}`]),
  ];
}

/**
 * The clock that the guest goes by. How fast the processor counts is measured while it starts: an emulator that has to share the machine at that moment is measured wrongly, and
 * the guest's time then runs several times too fast for as long as it lives. The rate of the HPET is told, not measured.
 */
const clock = (): string => (accelerator() === 'kvm' ? 'tsc=reliable' : 'clocksource=hpet');

/** /dev/kvm may be there and yet run no ordinary kernel, where this machine is a guest itself. */
function accelerator(): string {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return /\b(vmx|svm)\b/.test(readFileSync('/proc/cpuinfo', 'utf8')) ? 'kvm' : 'tcg';
  } catch {
    return 'tcg';
  }
}

function boot(args: string[], folder: string, timeoutSeconds: number): Promise<number> {
  const log = openSync(join(folder, 'emulator'), 'w');
  return new Promise((resolve, reject) => {
    const child = spawn('qemu-system-x86_64', args, { stdio: ['ignore', log, log] });
    closeSync(log);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    const stop = (): void => void child.kill('SIGKILL');
    process.once('SIGTERM', stop).once('SIGINT', stop);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(isLate ? timeUp : (code ?? 137));
    });
  });
}

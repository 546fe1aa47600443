import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../failure';

const run = promisify(execFile);
const most = { maxBuffer: 1 << 28 };

/** Debian's own kernel, unpacked and not installed. */
export interface Kernel {
  /** Uncompressed, as the emulator loads it at once. */
  image: string;
  /** Below it is `lib/modules`. */
  root: string;
  /** Modules that the guest needs before it sees this machine's files, in loading order. */
  early: string[];
}

const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'netyard', 'vm');

/** What has to be loaded before the root file system: the bus, the file system that the host shares, the layer above it, and the ports that output goes to. */
const earlyModules = ['virtio_pci', '9pnet_virtio', '9p', 'overlay', 'virtio_console'];

/** Gets the kernel from Debian, once for each release of it. Throws Failure when it cannot be had. */
export async function prepareKernel(show: (line: string) => void): Promise<Kernel> {
  const packageName = await newestPackage();
  const release = packageName.replace('linux-image-', '');
  const folder = join(cacheFolder(), release);
  if (!existsSync(folder)) await build(folder, packageName, show);
  const early: string[] = [];
  for (const name of earlyModules)
    for (const path of await dependencies(folder, release, name)) if (!early.includes(path)) early.push(path);
  return { image: join(folder, 'vmlinux'), root: folder, early };
}

async function newestPackage(): Promise<string> {
  const { stdout } = await run('apt-cache', ['depends', 'linux-image-amd64']).catch((error: Error) => {
    throw new Failure(`no kernel can be had: ${error.message}`);
  });
  const found = /Depends: (linux-image-\S+)/.exec(stdout)?.[1];
  if (found === undefined) throw new Failure('apt-cache knows no linux-image-amd64: run apt-get update');
  return found;
}

/** In a folder of its own that takes its place when it is whole. */
async function build(folder: string, packageName: string, show: (line: string) => void): Promise<void> {
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(`${folder}-`);
  try {
    show(`getting ${packageName} from Debian`);
    await run('apt-get', ['download', '-q', '-o', 'APT::Sandbox::User=root', packageName], { cwd: work }).catch((error: Error) => {
      throw new Failure(`${packageName} cannot be downloaded: ${error.message}`);
    });
    const archive = readdirSync(work).find((name) => name.endsWith('.deb')) ?? '';
    await run('dpkg-deb', ['--extract', archive, 'package'], { cwd: work });
    show('unpacking it');
    const [image = ''] = readdirSync(join(work, 'package/boot')).filter((name) => name.startsWith('vmlinuz-'));
    writeFileSync(join(work, 'vmlinux'), await decompress(readFileSync(join(work, 'package/boot', image)), work));
    cpSync(join(work, 'package/lib'), join(work, 'lib'), { recursive: true });
    rmSync(join(work, 'package'), { recursive: true });
    rmSync(join(work, archive));
    await run('depmod', ['--basedir', work, packageName.replace('linux-image-', '')], most);
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Takes the kernel out of its bootable image: the setup header says where it is. Source: Documentation/arch/x86/boot.rst. */
async function decompress(image: Buffer, work: string): Promise<Buffer> {
  const setupSectors = image.readUInt8(0x1f1) || 4;
  const begin = (setupSectors + 1) * 512 + image.readUInt32LE(0x248);
  // Its last four bytes are the size of what it holds.
  const payload = image.subarray(begin, begin + image.readUInt32LE(0x24c) - 4);
  writeFileSync(join(work, 'payload.xz'), payload);
  const { stdout } = await run('xz', ['--decompress', '--stdout', '--single-stream', 'payload.xz'], {
    cwd: work,
    encoding: 'buffer',
    ...most,
  });
  rmSync(join(work, 'payload.xz'));
  return stdout;
}

/** A module's file, after those that it needs. */
async function dependencies(root: string, release: string, name: string): Promise<string[]> {
  const { stdout } = await run('modprobe', ['--dirname', root, '--set-version', release, '--show-depends', name]);
  return stdout.split('\n').flatMap((line) => /^insmod (\S+)/.exec(line)?.[1] ?? []);
}

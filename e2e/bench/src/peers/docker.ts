import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { getLink, listLinks } from '@netyard/netlink';
import { Pool } from 'undici';
import type { Bench } from '../bench';
import { Program } from '../deployment/program';
import { Host } from '../kernel/host';
import { until } from '../timing';
import { busyboxPath, dockerdPath } from './docker-obstacle';

/** What dockerd would write to the machine is covered; its cgroups are below one of the bench's. */
const script = `
for folder in /run /opt /etc/docker; do [ ! -d "$folder" ] || mount -t tmpfs -o mode=755 bench "$folder"; done
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec "$@"`;

const removeCgroups = 'mount -t cgroup2 cgroup2 /sys/fs/cgroup && find "/sys/fs/cgroup/$0" -depth -type d -exec rmdir {} +';

/** Daemons that dockerd runs beside itself; the shims, one for each container, are not counted. */
const daemonNames = new Set(['dockerd', 'containerd']);

/** Docker's daemon with libnetwork, in a network namespace of its own, driven over its HTTP API on connections that stay open. */
export class Docker {
  readonly #pool: Pool;

  private constructor(
    readonly program: Program,
    readonly host: Host,
    socketPath: string,
  ) {
    this.#pool = new Pool('http://docker', { socketPath, connections: 16 });
  }

  static async start(bench: Bench): Promise<Docker> {
    bench.progress('starting dockerd');
    const host = Host.create('docker');
    bench.cleanup.add(() => host.close());
    const folder = join(bench.folder, 'docker');
    mkdirSync(folder);
    const socketPath = join(folder, 's');
    const cgroup = `netyard-bench-${folder.split('/').at(-2)}`;
    bench.cleanup.add(() => removeCgroup(cgroup));
    const daemon = [
      dockerdPath,
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'pid')],
      ...['--host', `unix://${socketPath}`, '--storage-driver', 'vfs', '--cgroup-parent', `/${cgroup}`],
      ...['--default-address-pool', 'base=10.200.0.0/14,size=24'],
    ];
    const program = new Program('dockerd', {
      command: ['ip', 'netns', 'exec', host.name, 'unshare', '--mount', '--', 'sh', '-ec', script, 'docker', ...daemon],
      logPath: join(bench.logFolder, 'dockerd.log'),
    });
    bench.cleanup.add(() => program.stop());
    const docker = new Docker(program, host, socketPath);
    bench.cleanup.add(() => docker.#pool.destroy());
    await until('dockerd answers', () => {
      program.assertRunning();
      return docker.request('GET', '/_ping').then(
        () => true,
        () => false,
      );
    });
    await docker.#importImage(join(folder, 'image'));
    bench.cleanup.add(() => docker.#removeAllContainers());
    return docker;
  }

  /** Sends a request to the daemon's API. Throws with its message when it refuses. */
  async request<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const isTar = Buffer.isBuffer(body);
    const response = await this.#pool.request({
      method,
      path,
      headers: body === undefined ? {} : { 'content-type': isTar ? 'application/x-tar' : 'application/json' },
      body: isTar ? body : body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw new Error(`dockerd: ${method} ${path} was answered ${response.statusCode}: ${text}`);
    return (text.startsWith('{') || text.startsWith('[') ? parseFirst(text) : undefined) as T;
  }

  /** Starts a container that sleeps, with ports of the host that all lead to its port 80; gives its id. */
  async runContainer(name: string, hostPorts: number[] = []): Promise<string> {
    const bindings = hostPorts.map((port) => ({ HostPort: String(port) }));
    const { Id: id } = await this.request<{ Id: string }>('POST', `/containers/create?name=${name}`, {
      Image: 'bench',
      Cmd: ['/bin/sleep', '100000'],
      ...(hostPorts.length === 0 ? {} : { ExposedPorts: { '80/tcp': {} }, HostConfig: { PortBindings: { '80/tcp': bindings } } }),
    });
    await this.request('POST', `/containers/${id}/start`);
    return id;
  }

  /** Resident memory of the proxies that dockerd runs for published ports. */
  get proxyMiB(): number {
    let kibibytes = 0;
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        if (/^Name:\s+docker-proxy$/m.test(status)) kibibytes += Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
      } catch {
        // It has ended meanwhile.
      }
    }
    return kibibytes / 1024;
  }

  /** The process that a container is, by which its namespaces are found. */
  async pidOf(id: string): Promise<number> {
    const { State: state } = await this.request<{ State: { Pid: number } }>('GET', `/containers/${id}/json`);
    return state.Pid;
  }

  /** The IPv4 address of a container on the default bridge. */
  async addressOf(id: string): Promise<string> {
    const { NetworkSettings: settings } = await this.request<{ NetworkSettings: { Networks: { bridge: { IPAddress: string } } } }>(
      'GET',
      `/containers/${id}/json`,
    );
    return settings.Networks.bridge.IPAddress;
  }

  /** Removes containers, so that they do not weigh on what is measured next. */
  async removeContainers(ids: string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.request('DELETE', `/containers/${id}?force=1`)));
  }

  async createNetwork(name: string, subnet?: string): Promise<string> {
    const ipam = subnet === undefined ? {} : { IPAM: { Config: [{ Subnet: subnet }] } };
    const { Id: id } = await this.request<{ Id: string }>('POST', '/networks/create', { Name: name, CheckDuplicate: true, ...ipam });
    return id;
  }

  async deleteNetwork(id: string): Promise<void> {
    await this.request('DELETE', `/networks/${id}`);
  }

  async connect(networkId: string, containerId: string): Promise<void> {
    await this.request('POST', `/networks/${networkId}/connect`, { Container: containerId });
  }

  async disconnect(networkId: string, containerId: string): Promise<void> {
    await this.request('POST', `/networks/${networkId}/disconnect`, { Container: containerId });
  }

  /** Throws unless the bridge of a network is, or is not, in the kernel. */
  assertBridge(networkId: string, expected: boolean): void {
    const found = getLink(this.host.socket, bridgeOf(networkId)) !== undefined;
    if (found !== expected) throw new Error(`dockerd's bridge of network ${networkId} is ${found ? 'still there' : 'not there'}`);
  }

  /** Throws unless the bridge of a network has so many ports. */
  assertPorts(networkId: string, count: number): void {
    const masterIndex = getLink(this.host.socket, bridgeOf(networkId))?.index;
    const found = listLinks(this.host.socket, { masterIndex }).length;
    if (masterIndex === undefined || found !== count)
      throw new Error(`dockerd's bridge of network ${networkId} has ${found} ports, not ${count}`);
  }

  /** Resident memory in MiB of dockerd and containerd, without the shims. */
  get residentMiB(): number {
    let kibibytes = 0;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        if (daemonNames.has(/^Name:\s+(.*)$/m.exec(status)?.[1] ?? '')) kibibytes += Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
      } catch {
        // It has ended meanwhile.
      }
    }
    return kibibytes / 1024;
  }

  async #importImage(root: string): Promise<void> {
    mkdirSync(join(root, 'bin'), { recursive: true });
    copyFileSync(busyboxPath, join(root, 'bin/busybox'));
    symlinkSync('busybox', join(root, 'bin/sleep'));
    await this.request('POST', '/images/create?fromSrc=-&repo=bench', execFileSync('tar', ['-C', root, '-c', '.'], { maxBuffer: 2 ** 26 }));
  }

  /** What containers hold open would keep their folders from being removed. */
  async #removeAllContainers(): Promise<void> {
    const containers = await this.request<{ Id: string }[]>('GET', '/containers/json?all=1');
    await this.removeContainers(containers.map(({ Id: id }) => id));
  }
}

const bridgeOf = (networkId: string): string => `br-${networkId.slice(0, 12)}`;

/** Answers that stream hold several objects, one after the other. */
const parseFirst = (text: string): unknown => JSON.parse(text.split('\n', 1)[0] ?? '');

function removeCgroup(name: string): void {
  try {
    execFileSync('unshare', ['--mount', '--', 'sh', '-ec', removeCgroups, name], { stdio: 'ignore' });
  } catch {
    // There was none, since no container ever ran.
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { patience } from './emulation';
import type { TestNamespace } from './namespace';

/** What a server serves, on which link: a /24. */
export interface DhcpWire {
  link: string;
  first: string;
  last: string;
  /** The server's own address, too. */
  gateway: string;
}

/** How a server is started, given a folder for its files. */
type Launch = (folder: string) => [program: string, args: string[]];

const patienceMs = 60_000 * patience;

/** A DHCP server in a namespace. What it says of itself is awaited line by line. */
export class DhcpServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'netyard-dhcp-'));
  readonly #process: ChildProcess;
  #said = '';
  #heard: (() => void)[] = [];

  private constructor(namespace: TestNamespace, launch: Launch) {
    const [program, args] = launch(this.#folder);
    this.#process = spawn('nsenter', [`--net=${namespace.path}`, program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const output of [this.#process.stdout, this.#process.stderr])
      output?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
        for (const heard of this.#heard.splice(0)) heard();
      });
  }

  /** dnsmasq(8) with leases of two minutes, its least, and a name of its own: `printer.lan.example`. */
  static async dnsmasq(namespace: TestNamespace, { link, first, last, gateway }: DhcpWire) {
    const server = new DhcpServer(namespace, (folder) => [
      'dnsmasq',
      [
        // It stays who it is: a user namespace may know nobody else.
        '--no-daemon',
        '--conf-file=/dev/null',
        '--log-facility=-',
        '--no-resolv',
        '--no-hosts',
        `--interface=${link}`,
        '--bind-interfaces',
        '--no-ping',
        '--dhcp-authoritative',
        `--dhcp-leasefile=${folder}/leases`,
        `--dhcp-range=${first},${last},255.255.255.0,2m`,
        `--dhcp-option=option:router,${gateway}`,
        `--dhcp-option=option:dns-server,${gateway}`,
        '--dhcp-option=option:domain-name,lan.example',
        '--address=/printer.lan.example/203.0.113.9',
        '--log-dhcp',
      ],
    ]);
    await server.says('sockets bound exclusively');
    return server;
  }

  /** udhcpd of BusyBox, whose leases may be of seconds. */
  static async udhcpd(namespace: TestNamespace, { link, first, last, gateway }: DhcpWire, leaseSeconds: number) {
    const server = new DhcpServer(namespace, (folder) => {
      const lines = [
        ...[`start ${first}`, `end ${last}`, `interface ${link}`, 'min_lease 1'],
        ...[`lease_file ${folder}/leases`, `pidfile ${folder}/pid`],
        ...['option subnet 255.255.255.0', `option router ${gateway}`, `option lease ${leaseSeconds}`],
      ];
      writeFileSync(join(folder, 'leases'), '');
      writeFileSync(join(folder, 'conf'), `${lines.join('\n')}\n`);
      return ['busybox', ['udhcpd', '-f', '-I', gateway, join(folder, 'conf')]];
    });
    await server.says('started');
    return server;
  }

  /** Waits until it has said that, now or before. */
  async says(text: string): Promise<void> {
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), patienceMs);
    while (!this.#said.includes(text)) {
      if (this.#process.exitCode !== null || this.#process.signalCode !== null)
        throw new Error(`the server did not say "${text}": ${this.#said}`);
      await Promise.race([new Promise<void>((resolve) => this.#heard.push(resolve)), once(this.#process, 'exit')]);
    }
    clearTimeout(timer);
  }

  /** What dnsmasq has given: addresses by client identifiers, in hex without colons. */
  leases(): Map<string, { address: string; name: string }> {
    const lines = readFileSync(join(this.#folder, 'leases'), 'utf8').trim().split('\n').filter(Boolean);
    return new Map(
      lines.map((line) => {
        const [, , address = '', name = '', id = ''] = line.split(' ');
        return [id.replaceAll(':', ''), { address, name }];
      }),
    );
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

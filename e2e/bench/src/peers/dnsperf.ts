import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { quantile } from '../statistics';

const run = promisify(execFile);

/** How hard a server is asked: queries under way at once, by so many clients. */
export interface Load {
  outstanding: number;
  clients: number;
}

export interface DnsFigures {
  perSecond: number;
  p99Ms: number;
}

const seconds = 3;
/** Printing every answer weighs on the rate, so that times are taken in a run of their own. */
const verboseSeconds = 1;
const outputLimit = 256 * 1024 * 1024;

/** Asks 127.0.0.11 or another server inside a namespace for names, over and over, with dnsperf(1). Throws when a query is lost or not answered NOERROR. */
export async function dnsperf(
  enter: string[],
  server: string,
  names: string[],
  { outstanding, clients }: Load,
  queryFile: string,
): Promise<DnsFigures> {
  writeFileSync(queryFile, names.map((name) => `${name} A\n`).join(''));
  const [program = '', ...before] = enter;
  const args = (limit: number): string[] => [
    ...before,
    'dnsperf',
    ...['-s', server, '-d', queryFile, '-l', String(limit), '-q', String(outstanding), '-c', String(clients)],
  ];
  const { stdout } = await run(program, args(seconds), { maxBuffer: outputLimit });
  const perSecond = Number(/Queries per second:\s+([\d.]+)/.exec(stdout)?.[1]);
  const lost = Number(/Queries lost:\s+(\d+)/.exec(stdout)?.[1]);
  const codes = /Response codes:\s+(.*)/.exec(stdout)?.[1] ?? 'none';
  if (!(perSecond > 0) || lost > 0 || !/^NOERROR \d+ \(100\.00%\)$/.test(codes.trim()))
    throw new Error(`${server} answered ${perSecond} queries a second, lost ${lost}, with codes ${codes}`);
  const verbose = await run(program, [...args(verboseSeconds), '-v'], { maxBuffer: outputLimit });
  const times = [...verbose.stdout.matchAll(/^> NOERROR \S+ A ([\d.]+)$/gm)].map((match) => Number(match[1]) * 1000);
  return { perSecond, p99Ms: quantile(times, 0.99) };
}

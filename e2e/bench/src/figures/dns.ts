import { join } from 'node:path';
import { sandboxNamespaceName } from '@netyard/contracts';
import type { Bench } from '../bench';
import { Program } from '../deployment/program';
import { createEndpoints, createNetwork, createSandboxes, endpointBody } from '../deployment/objects';
import { Host } from '../kernel/host';
import type { Figure, Measurement } from '../measurement';
import { upTo } from '../numbers';
import { dnsperf, type DnsFigures, type Load } from '../peers/dnsperf';

/** Names that are asked for in turn. */
const nameCount = 20;
const loads = { one: { outstanding: 1, clients: 1 }, many: { outstanding: 64, clients: 8 } } as const satisfies Record<string, Load>;
type LoadName = keyof typeof loads;

const figuresOf = (load: LoadName, text: string): Figure[] => [
  { name: `dns.${load}.rate`, unit: '/s', meaning: `answers of a sandbox's resolver, ${text}`, peer: 'docker’s 127.0.0.11' },
  { name: `dns.${load}.p99`, unit: 'ms', meaning: `99 % of them come faster, ${text}`, peer: 'docker’s 127.0.0.11' },
  { name: `dns.${load}.ratio`, unit: '×', meaning: `rate against docker’s, ${text}`, target: { atLeast: 1 } },
  { name: `dns.${load}.p99.ratio`, unit: '×', meaning: `time of 99 % against docker’s, ${text}`, target: { atMost: 1 } },
  { name: `dns.${load}.rate.dnsmasq`, unit: '/s', meaning: `answers of dnsmasq, ${text}` },
];

/** Names answered inside a sandbox, beside docker's resolver and dnsmasq, by dnsperf. */
export const dns: Measurement = {
  name: 'dns',
  figures: [...figuresOf('one', 'one query at a time'), ...figuresOf('many', '64 outstanding of 8 clients')],
  async run(bench) {
    const own = await measureOwn(bench);
    const dnsmasq = await measureDnsmasq(bench);
    const docker = await measureDocker(bench);
    return (Object.keys(loads) as LoadName[]).flatMap((load) => [
      { figure: `dns.${load}.rate`, value: own[load].perSecond, peerValue: docker?.[load].perSecond },
      { figure: `dns.${load}.p99`, value: own[load].p99Ms, peerValue: docker?.[load].p99Ms },
      { figure: `dns.${load}.rate.dnsmasq`, value: dnsmasq[load].perSecond },
      ...(docker
        ? [
            { figure: `dns.${load}.ratio`, value: own[load].perSecond / docker[load].perSecond },
            { figure: `dns.${load}.p99.ratio`, value: own[load].p99Ms / docker[load].p99Ms },
          ]
        : []),
    ]);
  },
};

const inNamespace = (name: string): string[] => ['ip', 'netns', 'exec', name];

async function measureAll(bench: Bench, enter: string[], server: string, names: string[]): Promise<Record<LoadName, DnsFigures>> {
  const ask = (load: LoadName): Promise<DnsFigures> => dnsperf(enter, server, names, loads[load], join(bench.folder, 'queries'));
  // The first run meets a cold process.
  await ask('many');
  return { one: await ask('one'), many: await ask('many') };
}

async function measureOwn(bench: Bench): Promise<Record<LoadName, DnsFigures>> {
  const deployment = await bench.deployment('dns');
  try {
    await createNetwork(deployment.client, 'names', '10.12.0.0/24');
    const sandboxes = await createSandboxes(deployment, 'dns', nameCount);
    await createEndpoints(
      deployment.client,
      sandboxes.map(({ metadata }) => endpointBody(`name-${metadata.name}`, 'names', metadata.name)),
    );
    bench.progress('asking a sandbox’s resolver');
    const names = sandboxes.map(({ metadata }) => `name-${metadata.name}`);
    return await measureAll(bench, inNamespace(sandboxNamespaceName(sandboxes[0]?.metadata.id ?? '')), '127.0.0.11', names);
  } finally {
    await deployment.close();
  }
}

async function measureDnsmasq(bench: Bench): Promise<Record<LoadName, DnsFigures>> {
  bench.progress('asking dnsmasq');
  const host = Host.create('dnsmasq');
  const names = upTo(nameCount).map((number) => `name-${number}`);
  const records = names.map((name, index) => `--host-record=${name},198.18.0.${index + 1}`);
  const options = [
    '--keep-in-foreground',
    '--no-resolv',
    '--no-hosts',
    '--listen-address=127.0.0.1',
    '--log-facility=-',
    '--pid-file',
    '--user=root',
  ];
  const program = new Program('dnsmasq', {
    command: [...inNamespace(host.name), 'dnsmasq', ...options, ...records],
    logPath: join(bench.logFolder, 'dnsmasq.log'),
  });
  try {
    await program.says(/started/);
    return await measureAll(bench, inNamespace(host.name), '127.0.0.1', names);
  } finally {
    await program.stop();
    host.close();
  }
}

async function measureDocker(bench: Bench): Promise<Record<LoadName, DnsFigures> | undefined> {
  const docker = await bench.docker();
  if (!docker) return undefined;
  bench.progress('asking docker’s resolver');
  const network = await docker.createNetwork('names', '10.198.0.0/24');
  const names = upTo(nameCount).map((number) => `name-${number}`);
  const containers: string[] = [];
  for (const name of names) {
    const id = await docker.runContainer(name);
    await docker.connect(network, id);
    containers.push(id);
  }
  try {
    const enter = ['nsenter', `--net=/proc/${await docker.pidOf(containers[0] ?? '')}/ns/net`];
    return await measureAll(bench, enter, '127.0.0.11', names);
  } finally {
    await docker.removeContainers(containers);
  }
}

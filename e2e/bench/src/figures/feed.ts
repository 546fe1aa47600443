import { join } from 'node:path';
import { Client } from 'pg';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { Program } from '../deployment/program';
import type { Measurement } from '../measurement';
import { upTo } from '../numbers';
import { median } from '../statistics';
import { perSecond } from '../timing';

const writers = 8;
const rounds = 3;
const changes = 1_000;
const warmUp = 200;
const natsPort = 4222;

/** Changes of one tenant, all in one stream, which is where replicas meet. */
export const feed: Measurement = {
  name: 'feed',
  figures: [
    {
      name: 'feed.notify.rate',
      unit: '/s',
      meaning: `changes to one stream by ${writers} clients, with a second replica that is told by NOTIFY`,
      peer: 'bare transactions on one row',
    },
    {
      name: 'feed.nats.rate',
      unit: '/s',
      meaning: 'the same with a second replica that is told by NATS',
      peer: 'bare transactions on one row',
    },
  ],
  async run(bench) {
    const nats = new Program('NATS', {
      command: ['nats-server', '--jetstream', '--store_dir', join(bench.folder, 'nats'), '--addr', '127.0.0.1', '--port', String(natsPort)],
      logPath: join(bench.logFolder, 'nats.log'),
    });
    bench.cleanup.add(() => nats.stop());
    await nats.says(/Server is ready/);
    const deployments: Deployment[] = [];
    try {
      for (const [label, environment] of [
        ['feed-notify', {}],
        ['feed-nats', { NETYARD_NATS_URL: `nats://127.0.0.1:${natsPort}` }],
      ] as const)
        deployments.push(await bench.deployment(label, { withHost: false, replicas: 2, environment }));
      return await measure(bench, deployments as [Deployment, Deployment]);
    } finally {
      for (const deployment of deployments) await deployment.close();
      await nats.stop();
    }
  },
};

/** In turns, so that what else the machine does falls on all of them. */
async function measure(bench: Bench, [byNotify, byNats]: [Deployment, Deployment]) {
  const ways = [byNotify, byNats].map((deployment) => writerOf(deployment));
  const bare = await BareWriters.open(byNotify.databaseUrl);
  const rates = { notify: [] as number[], nats: [] as number[], bare: [] as number[] };
  try {
    for (const write of [...ways, bare.write]) await rate(warmUp, write);
    for (let round = 1; round <= rounds; round++) {
      bench.progress(`round ${round} of ${rounds}`);
      const [notify, nats] = ways;
      if (notify) rates.notify.push(await rate(changes, notify));
      if (nats) rates.nats.push(await rate(changes, nats));
      rates.bare.push(await rate(changes, bare.write));
    }
  } finally {
    await bare.close();
  }
  const peerValue = median(rates.bare);
  return [
    { figure: 'feed.notify.rate', value: median(rates.notify), peerValue },
    { figure: 'feed.nats.rate', value: median(rates.nats), peerValue },
  ];
}

type Write = (writer: number) => Promise<unknown>;

/** Networks without anything on a host: a row, and an entry in the stream. */
function writerOf(deployment: Deployment): Write {
  const client = deployment.clients(writers);
  let number = 0;
  return () => client.post('/v1/networks', { metadata: { name: `n-${number++}` }, spec: { driver: 'none' } });
}

async function rate(count: number, write: Write): Promise<number> {
  const queue = upTo(count).values();
  const started = performance.now();
  await Promise.all(
    upTo(writers).map(async (writer) => {
      for (const _ of queue) await write(writer);
    }),
  );
  return perSecond(count, performance.now() - started);
}

/** What the database can do at most: each transaction raises the one counter, and writes an object and its entry. */
class BareWriters {
  private constructor(private readonly clients: Client[]) {}

  static async open(url: string): Promise<BareWriters> {
    const clients = upTo(writers).map(() => new Client({ connectionString: url }));
    for (const client of clients) await client.connect();
    await clients[0]?.query('CREATE SCHEMA bare; CREATE TABLE bare.stream (revision bigint); INSERT INTO bare.stream VALUES (0)');
    await clients[0]?.query(
      'CREATE TABLE bare.object (id uuid PRIMARY KEY); CREATE TABLE bare.entry (revision bigint PRIMARY KEY, id uuid)',
    );
    return new BareWriters(clients);
  }

  readonly write: Write = async (writer) => {
    await this.clients[writer]?.query(`
      BEGIN;
      WITH object AS (INSERT INTO bare.object VALUES (gen_random_uuid()) RETURNING id),
        stream AS (UPDATE bare.stream SET revision = revision + 1 RETURNING revision)
      INSERT INTO bare.entry SELECT revision, id FROM stream, object;
      COMMIT`);
  };

  async close(): Promise<void> {
    for (const client of this.clients) await client.end();
  }
}

import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deployment, isReady, NatsServer, type ApiObject } from '@netyard/testing';
import { FollowingWatcher, FollowingWorker, type Told, type Way } from './followers';

/** Sandboxes of each host, with an endpoint in each. */
const count = 60;
const writers = 6;
const hosts = ['h1', 'h2'];

/** `h1` has a worker; that of `h2` notes what it is told. It and all watchers hang on the replica that is killed first. */
describe.each(['NOTIFY', 'NATS'])('three replicas with %s, killed one after the other while all write', (transport) => {
  let deployment: Deployment;
  let nats: NatsServer | undefined;
  let database: Client;
  let worker: FollowingWorker;
  let watchers: FollowingWatcher[];
  let written = 0;

  beforeAll(async () => {
    nats = transport === 'NATS' ? await NatsServer.start() : undefined;
    deployment = await Deployment.start({ hosts: 1, replicas: 3, environment: nats ? { NETYARD_NATS_URL: nats.url } : {} });
    database = new Client({ connectionString: deployment.database.url });
    await database.connect();
    await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.40.0.0/16' }] });
    const way: Way = { urls: deployment.apiUrls, token: deployment.token };
    worker = await FollowingWorker.start(way, 'h2');
    watchers = await Promise.all([1, 2, 3].map(() => FollowingWatcher.start(way)));
  });
  afterAll(async () => {
    for (const follower of [worker, ...watchers]) await follower.end();
    await database.end();
    await deployment.close();
    await nats?.close();
  });

  /** By any replica; what it cannot know to have been done it asks for again, at another one. */
  async function write(number: number, kind: string, name: string, spec: Record<string, unknown>): Promise<void> {
    for (let replica = number; ; replica++) {
      const answer = await deployment.request('POST', `/v1/${kind}`, { metadata: { name }, spec }, {}, replica % 3).catch(() => undefined);
      if (answer?.status === 201 || answer?.status === 409) return;
      if (answer && answer.status < 500) throw new Error(`${kind} ${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }

  async function writeAll(): Promise<void> {
    const left = Array.from({ length: count }, (_, index) => index);
    const writer = async (): Promise<void> => {
      for (let index = left.shift(); index !== undefined; index = left.shift()) {
        for (const host of hosts) {
          await write(index, 'sandboxes', `${host}-s${index}`, { host });
          await write(index + 1, 'endpoints', `${host}-e${index}`, { network: 'web', sandbox: `${host}-s${index}` });
        }
        written++;
      }
    };
    await Promise.all(Array.from({ length: writers }, writer));
  }

  async function entriesOf(table: 'host' | 'tenant', name: string): Promise<Told[]> {
    const { rows } = await database.query<Told>(
      `SELECT f.revision::float8 AS revision, f.kind, f.object_id AS id FROM feed f JOIN ${table} o ON o.id = f.stream_id WHERE o.name = $1 ORDER BY f.revision`,
      [name],
    );
    return rows;
  }

  const allReady = async (): Promise<boolean> => {
    const { body } = await deployment.request<{ items: ApiObject[] }>('GET', '/v1/endpoints?limit=500', undefined, {}, 2);
    return body.items.length === hosts.length * count && body.items.every(isReady);
  };

  it('make everything stand, once', async () => {
    const done = writeAll();
    for (const [number, part] of [0.2, 0.5].entries()) {
      await deployment.until('some is written', async () => written >= count * part);
      await deployment.kill(`api-${number}`, 'SIGKILL');
      await deployment.until('others go on to write', async () => written >= count * (part + 0.15));
      await deployment.startApi(number);
    }
    await done;
    await deployment.until('all are Ready', allReady);
    const links = deployment.underlay.host('h1').ip<{ ifalias?: string }[]>('link');
    const joined = links.flatMap(({ ifalias }) => (ifalias?.startsWith('netyard:endpoint:') ? [ifalias] : []));
    expect([joined.length, new Set(joined).size]).toEqual([count, count]);
    expect([...worker.worker.objects.values()].filter(({ kind }) => kind === 'endpoint')).toHaveLength(count);
  });

  it('let a worker and watchers go on at another one, which tells them all that the database has, once and in order', async () => {
    await deployment.create('networks', 'last', { driver: 'none' });
    const [ofHost, ofTenant] = [await entriesOf('host', 'h2'), await entriesOf('tenant', 'default')];
    for (const [follower, entries] of [[worker, ofHost] as const, ...watchers.map((watcher) => [watcher, ofTenant] as const)])
      await deployment.until('it has come as far as the database', async () => follower.revision >= (entries.at(-1)?.revision ?? Infinity));
    for (const follower of [worker, ...watchers]) await follower.end();
    expect([worker, ...watchers].map(({ resumed, anew }) => [resumed > 0, anew])).toEqual(Array(4).fill([true, 0]));
    expect(judge(worker.told, ofHost)).toEqual({ missed: [], repeated: [], disordered: [] });
    for (const { told, start } of watchers) {
      const since = ofTenant.filter(({ revision }) => revision > start);
      expect(judge(told, since)).toEqual({ missed: [], repeated: [], disordered: [] });
    }
  });
});

/** Of several changes to an object that wait to be told the last one is told; it stands for those before it. */
function judge(told: Told[], entries: Told[]): Record<'missed' | 'repeated' | 'disordered', Told[]> {
  const last = new Map<string, number>();
  const repeated: Told[] = [];
  for (const one of told) {
    const key = `${one.kind} ${one.id}`;
    if ((last.get(key) ?? 0) >= one.revision) repeated.push(one);
    last.set(key, one.revision);
  }
  return {
    missed: entries.filter(({ kind, id, revision }) => (last.get(`${kind} ${id}`) ?? 0) < revision),
    repeated,
    disordered: told.filter(({ revision }, index) => index > 0 && revision < (told[index - 1]?.revision ?? 0)),
  };
}

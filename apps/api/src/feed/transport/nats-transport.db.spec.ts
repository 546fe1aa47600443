import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream';
import { connect, nkeys } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { NatsServer, natsOperator, TestAuthority } from '@netyard/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../config';
import type { Notice } from './feed-transport';
import { NatsTransport } from './nats-transport';

/** What Nest's logger was given. */
let logged: string[];
const closers: (() => unknown)[] = [];
beforeEach(() => {
  logged = [];
  const take = (message: string): number => logged.push(message);
  Logger.overrideLogger({ log: take, warn: take, error: take });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  Logger.overrideLogger(true);
});

/** One replica's end, with what it has heard. */
class Ear {
  readonly notices: Notice[] = [];
  gaps = 0;
  readonly transport: NatsTransport;

  constructor(environment: Record<string, string>) {
    this.transport = new NatsTransport(
      parseConfig({ DATABASE_URL: 'postgresql://nowhere/none', NETYARD_ADMIN_TOKEN: 'none-needed', ...environment }),
    );
    this.transport.listen({ onNotice: (notice) => this.notices.push(notice), onGap: () => this.gaps++ });
  }

  static async open(environment: Record<string, string>): Promise<Ear> {
    const ear = new Ear(environment);
    closers.push(() => ear.transport.end());
    await ear.transport.onApplicationBootstrap();
    return ear;
  }

  /** Resolves when the other has heard what this one says. */
  async reaches(other: Ear): Promise<void> {
    const notice: Notice = { streamId: randomUUID(), revision: 7, steps: 1, replicaId: randomUUID() };
    this.transport.announce([notice]);
    await expect.poll(() => other.notices).toContainEqual(notice);
  }
}

const openServer = async (configuration?: string): Promise<NatsServer> => {
  const server = await NatsServer.start(configuration);
  closers.push(() => server.close());
  return server;
};

describe('the stream', () => {
  let server: NatsServer;
  let manager: JetStreamManager;
  const made = (changes: Partial<StreamConfig>) => ({ name: 'netyard-feed', subjects: ['netyard.feed.>'], ...changes });

  beforeEach(async () => {
    server = await openServer();
    const connection = await connect({ servers: server.url });
    closers.push(() => connection.close());
    manager = await jetstreamManager(connection);
  });

  const both = (): Promise<[Ear, Ear]> => {
    const open = (): Promise<Ear> => Ear.open({ NETYARD_NATS_URL: server.url });
    return Promise.all([open(), open()]);
  };

  it('is made again when somebody deletes it, and everyone looks for what was lost meanwhile', async () => {
    const [one, other] = await both();
    await one.reaches(other);
    await manager.streams.delete('netyard-feed');
    await expect.poll(() => [one.gaps > 1, other.gaps > 1]).toEqual([true, true]);
    await one.reaches(other);
    await other.reaches(one);
    expect(
      logged.filter((line) => line.includes('news from other replicas takes up to 2 seconds: consumer deleted')).length,
    ).toBeGreaterThanOrEqual(2);
    expect(logged.filter((line) => line === 'NATS serves us again').length).toBeGreaterThanOrEqual(2);
  });

  it('may be made anew by somebody at once, with other numbers than before', async () => {
    const [one, other] = await both();
    for (let times = 0; times < 5; times++) await one.reaches(other);
    await manager.streams.delete('netyard-feed');
    await manager.streams.add(made({ storage: StorageType.File }));
    await expect.poll(() => [one.gaps > 1, other.gaps > 1]).toEqual([true, true]);
    await one.reaches(other);
    await other.reaches(one);
  });

  it('is used as somebody else has made it', async () => {
    await manager.streams.add(made({ subjects: ['netyard.>'], storage: StorageType.File, max_msgs: 50, max_age: 3_600e9 }));
    const [one, other] = await both();
    await one.reaches(other);
    expect((await manager.streams.info('netyard-feed')).config).toMatchObject({ storage: 'file', max_msgs: 50 });
    expect(logged).toEqual([]);
  });

  it('is refused, with the reason, when it does not serve, until it is put right', async () => {
    await manager.streams.add(made({ retention: RetentionPolicy.Workqueue }));
    const [one, other] = await both();
    expect(logged[0]).toContain('the stream netyard-feed cannot be used: its retention is workqueue');
    await manager.streams.delete('netyard-feed');
    await expect.poll(() => [one.gaps > 0, other.gaps > 0]).toEqual([true, true]);
    await one.reaches(other);
  });

  it('does not come to harm by what others write into it', async () => {
    const [one, other] = await both();
    const connection = await connect({ servers: server.url });
    closers.push(() => connection.close());
    for (const text of ['', 'no JSON', '{}', '[1]', 'null']) connection.publish('netyard.feed.x', text);
    await one.reaches(other);
    expect([other.notices.length, other.gaps, logged]).toEqual([1, 1, []]);
  });
});

describe('who may connect', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netyard-nats-spec-'));
  const write = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  let authority: TestAuthority;
  let stranger: TestAuthority;
  beforeAll(() => {
    [authority, stranger] = [new TestAuthority(), new TestAuthority()];
  });
  afterAll(() => {
    for (const own of [authority, stranger]) own.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const serve = async (environment: Record<string, string>): Promise<void> => {
    const [one, other] = [await Ear.open(environment), await Ear.open(environment)];
    await one.reaches(other);
    expect(logged).toEqual([]);
  };
  const refuse = async (environment: Record<string, string>, reason: string | RegExp): Promise<void> => {
    const ear = await Ear.open(environment);
    expect(ear.gaps).toBe(0);
    expect(logged[0]).toMatch(reason);
  };

  it('is said by user and password, of whichever URL has them', async () => {
    const server = await openServer(`authorization { users: [{
      user: replica, password: "pass:word", permissions: { publish: ["netyard.feed.>", "$JS.API.>"], subscribe: "_INBOX.>" }
    }] }`);
    const other = `nats://127.0.0.1:${server.port}`;
    await serve({ NETYARD_NATS_URL: `${other},nats://replica:pass%3Aword@127.0.0.1:${server.port}` });
    await refuse({ NETYARD_NATS_URL: `nats://replica:wrong@127.0.0.1:${server.port}` }, /Authorization Violation/i);
    expect(logged.join()).not.toContain('wrong@');
  });

  it('is said by the seed of an nkey', async () => {
    const user = nkeys.createUser();
    const server = await openServer(`authorization { users: [{ nkey: ${user.getPublicKey()} }] }`);
    const seed = write('user.nk', `${Buffer.from(user.getSeed()).toString()}\n`);
    await serve({ NETYARD_NATS_URL: server.url, NETYARD_NATS_CREDENTIALS_FILE: seed });
    await refuse({ NETYARD_NATS_URL: server.url }, /Authorization Violation/i);
  });

  it('is said by a JWT with its nkey', async () => {
    const { configuration, credentials } = natsOperator();
    const server = await openServer(configuration);
    await serve({ NETYARD_NATS_URL: server.url, NETYARD_NATS_CREDENTIALS_FILE: write('user.creds', credentials) });
    const others = write('others.creds', natsOperator().credentials);
    await refuse({ NETYARD_NATS_URL: server.url, NETYARD_NATS_CREDENTIALS_FILE: others }, /Authorization Violation/i);
  });

  it('is said by certificates, on both sides', async () => {
    const { certFile, keyFile } = authority.issue('nats', ['DNS:localhost']);
    const server = await openServer(
      `tls { cert_file: ${certFile}, key_file: ${keyFile}, ca_file: ${authority.certFile}, verify: true, timeout: 5 }`,
    );
    const replica = authority.issue('replica');
    const own = { NETYARD_NATS_CERTIFICATE_FILE: replica.certFile, NETYARD_NATS_KEY_FILE: replica.keyFile };
    const url = `tls://localhost:${server.port}`;
    const NETYARD_NATS_CA_FILE = authority.certFile;
    await serve({ NETYARD_NATS_URL: url, NETYARD_NATS_CA_FILE, ...own });
    await refuse({ NETYARD_NATS_URL: url, NETYARD_NATS_CA_FILE }, /for want of a certificate/);
    logged = [];
    await refuse({ NETYARD_NATS_URL: url, ...own }, /unable to verify|self-signed certificate|unable to get/);
    logged = [];
    await refuse({ NETYARD_NATS_URL: url, NETYARD_NATS_CA_FILE: stranger.certFile, ...own }, /unable to|self-signed|signature/);
    logged = [];
    await refuse({ NETYARD_NATS_URL: `tls://127.0.0.1:${server.port}`, NETYARD_NATS_CA_FILE, ...own }, /127\.0\.0\.1 is not in the cert/);
  });

  it('is said by a certificate for the number of a server, too; and a server without TLS is not trusted', async () => {
    const { certFile, keyFile } = authority.issue('numbered', ['IP:127.0.0.1']);
    const server = await openServer(`tls { cert_file: ${certFile}, key_file: ${keyFile}, timeout: 5 }`);
    await serve({ NETYARD_NATS_URL: `tls://127.0.0.1:${server.port}`, NETYARD_NATS_CA_FILE: authority.certFile });
    const plain = await openServer();
    await refuse({ NETYARD_NATS_URL: `tls://127.0.0.1:${plain.port}` }, /server does not support 'tls'/);
  });
});

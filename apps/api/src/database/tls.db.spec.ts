import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startTestPostgres, TestAuthority, type TestCertificate, type TestPostgres } from '@netyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { PostgresTransport } from '../feed/transport/postgres-transport';
import { DeploymentDatabase } from './deployment-database';

const folder = mkdtempSync(join(tmpdir(), 'netyard-tls-spec-'));
let authority: TestAuthority;
let stranger: TestAuthority;
let certified: TestCertificate;
let server: TestPostgres;
let plain: TestPostgres;
let port: number;
let plainPort: number;

/** Over TCP with TLS alone; the role `certified` has to show a certificate of its name. */
beforeAll(async () => {
  [authority, stranger] = [new TestAuthority(), new TestAuthority()];
  const { certFile, keyFile } = authority.issue('postgres', ['DNS:localhost']);
  certified = authority.issue('certified');
  const rules = join(folder, 'pg_hba.conf');
  writeFileSync(
    rules,
    ['local all all trust', 'hostssl all certified 127.0.0.1/32 cert', 'hostssl all netyard 127.0.0.1/32 trust', ''].join('\n'),
  );
  [port, plainPort] = [await freePort(), await freePort()];
  const tls = ['ssl=on', `ssl_cert_file=${certFile}`, `ssl_key_file=${keyFile}`, `ssl_ca_file=${authority.certFile}`, `hba_file=${rules}`];
  server = await startTestPostgres(['listen_addresses=127.0.0.1', `port=${port}`, ...tls]);
  plain = await startTestPostgres(['listen_addresses=127.0.0.1', `port=${plainPort}`]);
  await server.execute('CREATE ROLE certified LOGIN SUPERUSER');
});
afterAll(async () => {
  for (const one of [server, plain]) await one.stop();
  for (const one of [authority, stranger]) one.close();
  rmSync(folder, { recursive: true, force: true });
});

const config = (databaseUrl: string, listenUrl?: string) =>
  parseConfig({ DATABASE_URL: databaseUrl, NETYARD_DATABASE_LISTEN_URL: listenUrl, NETYARD_ADMIN_TOKEN: 'none-needed' });

interface Way {
  host?: string;
  user?: string;
  parameters: () => Record<string, string>;
}
const url = ({ host = 'localhost', user = 'netyard', parameters }: Way): string =>
  `postgresql://${user}@${host}:${port}/postgres?${new URLSearchParams(parameters()).toString()}`;

/** Connects as the API does when it starts; gives the version of TLS that the server speaks with it. */
async function open(databaseUrl: string, listenUrl?: string): Promise<string | undefined> {
  const database = new DeploymentDatabase(config(databaseUrl, listenUrl));
  try {
    await database.onModuleInit();
    // Of a session its own user is told alone, not the role that works take.
    return await database.inTransaction(async (transaction) => {
      await transaction.query('RESET ROLE');
      const [row] = await transaction.query<{ version: string }>('SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      return row?.version;
    });
  } finally {
    await database.end();
  }
}

const ca = () => authority.certFile;
const good: (Way & { name: string })[] = [
  { name: 'encrypted, whoever it is', host: '127.0.0.1', parameters: () => ({ sslmode: 'require' }) },
  {
    name: 'of the authority, whatever its name',
    host: '127.0.0.1',
    parameters: () => ({ sslmode: 'verify-ca', sslrootcert: ca() }),
  },
  { name: 'of the authority, which require takes as well', parameters: () => ({ sslmode: 'require', sslrootcert: ca() }) },
  { name: 'of the authority, with the name', parameters: () => ({ sslmode: 'verify-full', sslrootcert: ca() }) },
  {
    name: 'that wants a certificate',
    user: 'certified',
    parameters: () => ({ sslmode: 'verify-full', sslrootcert: ca(), sslcert: certified.certFile, sslkey: certified.keyFile }),
  },
];
const bad: (Way & { name: string; want: RegExp })[] = [
  {
    name: 'of another name',
    host: '127.0.0.1',
    parameters: () => ({ sslmode: 'verify-full', sslrootcert: ca() }),
    want: /127\.0\.0\.1 is not in the cert's list/,
  },
  {
    name: 'of another authority',
    parameters: () => ({ sslmode: 'verify-full', sslrootcert: stranger.certFile }),
    want: /unable to|self-signed certificate|signature failure/,
  },
  {
    name: 'of another authority, by verify-ca',
    parameters: () => ({ sslmode: 'verify-ca', sslrootcert: stranger.certFile }),
    want: /unable to|self-signed certificate|signature failure/,
  },
  {
    name: 'of an authority that nobody knows',
    parameters: () => ({ sslmode: 'verify-full' }),
    want: /unable to|self-signed certificate/,
  },
  {
    name: 'that wants a certificate, without one',
    user: 'certified',
    parameters: () => ({ sslmode: 'verify-full', sslrootcert: ca() }),
    want: /requires a valid client certificate/,
  },
  {
    name: 'that wants another certificate',
    user: 'certified',
    parameters: () => {
      const { certFile, keyFile } = authority.issue('somebody');
      return { sslmode: 'verify-full', sslrootcert: ca(), sslcert: certFile, sslkey: keyFile };
    },
    want: /certificate authentication failed for user "certified"/,
  },
  { name: 'that wants TLS', parameters: () => ({ sslmode: 'disable' }), want: /no pg_hba.conf entry .* no encryption/ },
];

describe('a database by DATABASE_URL', () => {
  it.each(good)('is used: one $name', async (way) => {
    expect(await open(url(way))).toMatch(/^TLSv1\.[23]$/);
  });

  it.each(bad)('is refused, with the reason: one $name', async ({ want, ...way }) => {
    const opened = open(url(way));
    await expect(opened).rejects.toThrow(want);
    await expect(opened).rejects.toThrow('the database of DATABASE_URL cannot be used: ');
  });

  it('is refused when TLS is asked for and the server has none', async () => {
    const withoutTls = `postgresql://netyard@127.0.0.1:${plainPort}/postgres?sslmode=require`;
    await expect(open(withoutTls)).rejects.toThrow('DATABASE_URL cannot be used: The server does not support SSL connections');
  });
});

describe('a database by NETYARD_DATABASE_LISTEN_URL', () => {
  it.each(good)('is used: one $name', async (way) => {
    expect(await open(server.url, url(way))).toBeNull();
    const transport = new PostgresTransport(config(server.url, url(way)));
    let connections = 0;
    transport.listen({ onNotice: () => undefined, onGap: () => connections++ });
    await transport.onApplicationBootstrap();
    await transport.end();
    expect(connections).toBe(1);
  });

  it.each(bad)('is refused, with the reason: one $name', async ({ want, ...way }) => {
    const opened = open(server.url, url(way));
    await expect(opened).rejects.toThrow(want);
    await expect(opened).rejects.toThrow('the database of NETYARD_DATABASE_LISTEN_URL cannot be used: ');
  });
});

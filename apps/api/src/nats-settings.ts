import { readFileSync } from 'node:fs';
import { fileObstacle } from './file-obstacle';

/** How NATS is reached; files are read again at each connection. */
export interface NatsSettings {
  /** As host:port. */
  servers: string[];
  user?: string;
  pass?: string;
  token?: string;
  /** JWT and nkey of a user as `nsc` writes them (.creds), or an nkey's seed alone. */
  credentialsFile?: string;
  /** Undefined: as the server has it, with the usual authorities. */
  tls?: { caFile?: string; certFile?: string; keyFile?: string };
}

export const natsVariables = {
  NETYARD_NATS_URL:
    'NATS server with JetStream by which replicas tell each other of changes, e.g. nats://user:password@nats:4222 or tls://…; several of a cluster with commas (the database)',
  NETYARD_NATS_CREDENTIALS_FILE: 'credentials for it instead of a password: a .creds file (JWT and nkey), or the seed of an nkey',
  NETYARD_NATS_CA_FILE: 'authorities that its certificate may come from, as PEM (those that Node.js knows)',
  NETYARD_NATS_CERTIFICATE_FILE: 'certificate to show to it, as PEM',
  NETYARD_NATS_KEY_FILE: 'key of that certificate, as PEM',
} as const;

type Variable = keyof typeof natsVariables;

const form = 'holds something that is not of the form nats://host:4222 (it is not shown: it may have a password)';

/** A seed of an nkey: base32 that begins with S and the kind of key, here a user's. */
export const isSeed = (content: Uint8Array): boolean => /^SU[A-Z2-7]{56}$/.test(Buffer.from(content).toString());

/** Null: replicas tell each other by the database. `fail` throws, and shows no secret. */
export function parseNats(
  read: (name: Variable) => string | undefined,
  fail: (name: Variable, detail: string) => never,
): NatsSettings | null {
  const urls = (read('NETYARD_NATS_URL') ?? '')
    .split(',')
    .filter(Boolean)
    .map((text) => parseUrl(text) ?? fail('NETYARD_NATS_URL', form));
  const file = (name: Variable): string | undefined => {
    const path = read(name);
    if (path === undefined) return undefined;
    if (urls.length === 0) fail(name, 'is set without NETYARD_NATS_URL');
    const obstacle = fileObstacle(path);
    return obstacle === undefined ? path : fail(name, obstacle);
  };
  const credentialsFile = file('NETYARD_NATS_CREDENTIALS_FILE');
  const [caFile, certFile, keyFile] = [file('NETYARD_NATS_CA_FILE'), file('NETYARD_NATS_CERTIFICATE_FILE'), file('NETYARD_NATS_KEY_FILE')];
  if (certFile && !keyFile) fail('NETYARD_NATS_CERTIFICATE_FILE', 'is set without NETYARD_NATS_KEY_FILE');
  if (keyFile && !certFile) fail('NETYARD_NATS_KEY_FILE', 'is set without NETYARD_NATS_CERTIFICATE_FILE');
  if (urls.length === 0) return null;
  const secrets = new Map(urls.flatMap(({ secret }) => (secret ? [[JSON.stringify(secret), secret] as const] : [])));
  if (secrets.size > 1) fail('NETYARD_NATS_URL', 'holds different users; the servers of one cluster have the same');
  const [secret] = secrets.values();
  if (credentialsFile !== undefined) {
    if (secret) fail('NETYARD_NATS_CREDENTIALS_FILE', 'is set, and NETYARD_NATS_URL holds a user: one of them is too many');
    if (!isCredentials(readFileSync(credentialsFile, 'utf8')))
      fail('NETYARD_NATS_CREDENTIALS_FILE', 'names a file that holds neither a JWT with its nkey (.creds) nor the seed of a user’s nkey');
  }
  const wantsTls = caFile !== undefined || certFile !== undefined || urls.some(({ isTls }) => isTls);
  return {
    servers: urls.map(({ server }) => server),
    ...secret,
    ...(credentialsFile === undefined ? {} : { credentialsFile }),
    ...(wantsTls ? { tls: { ...(caFile ? { caFile } : {}), ...(certFile ? { certFile, keyFile } : {}) } } : {}),
  };
}

/** A user without a password is a token. */
function parseUrl(text: string) {
  try {
    const { protocol, host, hostname, username, password } = new URL(text);
    if (!/^(nats|tls):$/.test(protocol) || !hostname) return undefined;
    const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
    const secret = user === '' ? undefined : pass === '' ? { token: user } : { user, pass };
    return { server: host, isTls: protocol === 'tls:', secret };
  } catch {
    return undefined;
  }
}

const isCredentials = (text: string): boolean =>
  isSeed(Buffer.from(text.trim())) || (/-BEGIN NATS USER JWT-/.test(text) && /-BEGIN USER NKEY SEED-/.test(text));

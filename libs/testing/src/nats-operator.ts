import { createHash, randomUUID } from 'node:crypto';
import { nkeys } from '@nats-io/transport-node';

type Key = ReturnType<typeof nkeys.createUser>;

/** What a NATS server that trusts JWTs is configured with, and the credentials (.creds) of a user there. */
export interface NatsOperator {
  configuration: string;
  credentials: string;
}

/** An operator with one account besides the server's own, which may use JetStream, and one user of it. Source: NATS documentation, "JWTs in depth". */
export function natsOperator(): NatsOperator {
  const [operator, system, account, user] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount(), nkeys.createUser()];
  const unlimited = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1, subs: -1, data: -1, payload: -1, conn: -1, leaf: -1 };
  const operatorJwt = sign(operator, operator, 'operator', {});
  const systemJwt = sign(operator, system, 'account', {});
  const accountJwt = sign(operator, account, 'account', { limits: { ...unlimited, imports: -1, exports: -1, wildcards: true } });
  const userJwt = sign(account, user, 'user', { subs: -1, data: -1, payload: -1, pub: {}, sub: {} });
  const block = (what: string, text: string): string => `-----BEGIN ${what}-----\n${text}\n------END ${what}------\n`;
  return {
    configuration: [
      `operator: ${operatorJwt}`,
      `system_account: ${system.getPublicKey()}`,
      'resolver: MEMORY',
      `resolver_preload: { ${system.getPublicKey()}: ${systemJwt}, ${account.getPublicKey()}: ${accountJwt} }`,
    ].join('\n'),
    credentials: `${block('NATS USER JWT', userJwt)}\n${block('USER NKEY SEED', Buffer.from(user.getSeed()).toString())}`,
  };
}

function sign(issuer: Key, subject: Key, type: string, claims: object): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = {
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    name: type,
    iat: Math.floor(Date.now() / 1000),
    jti: createHash('sha256').update(randomUUID()).digest('hex'),
    nats: { ...claims, type, version: 2 },
  };
  const text = `${encode({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encode(body)}`;
  return `${text}.${Buffer.from(issuer.sign(Buffer.from(text))).toString('base64url')}`;
}

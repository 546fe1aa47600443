import { NetyardError } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import type { Principal } from '../access/principal';
import { unlimited } from '../access/access-policy';

/** Tells whose secret it is, and where to look it up. */
export const hostSecretPrefix = 'ny_host_';
export const enrolmentSecretPrefix = 'ny_enrol_';

/** The host whose credential it is. Those before it end when it is used: then it has been kept. */
export async function principalOfHost(reader: Pick<Transaction, 'query'>, hash: Buffer): Promise<Principal> {
  const [row] = await reader.query<{ id: string; host_name: string; is_used_lately: boolean; created_at: Date }>(
    `SELECT id, host_name, created_at, coalesce(last_used_at > now() - interval '1 minute', false) AS is_used_lately FROM host_credential WHERE secret_hash = $1`,
    [hash],
  );
  if (!row) throw new NetyardError('unauthenticated', 'the token is not known');
  if (!row.is_used_lately)
    await reader.query(
      `WITH used AS (UPDATE host_credential SET last_used_at = now() WHERE id = $1 RETURNING host_name, created_at)
       DELETE FROM host_credential c USING used WHERE c.host_name = used.host_name AND c.created_at < used.created_at`,
      [row.id],
    );
  return { kind: 'host', id: row.id, name: row.host_name, everywhere: 'host', memberships: [], limits: unlimited };
}

/** The host that is to be enrolled. */
export async function principalOfEnrolment(reader: Pick<Transaction, 'query'>, hash: Buffer): Promise<Principal> {
  const [row] = await reader.query<{ id: string; name: string }>(
    'SELECT id, name FROM host_enrolment WHERE secret_hash = $1 AND expires_at > now()',
    [hash],
  );
  if (!row) throw new NetyardError('unauthenticated', 'the token is not known, has been used, or has expired');
  return { kind: 'enrolment', id: row.id, name: row.name, everywhere: 'enrolling', memberships: [], limits: unlimited };
}

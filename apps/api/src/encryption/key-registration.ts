import type { HostKey } from '@netyard/contracts';
import type { Transaction } from '../database/transaction';
import { fieldError, newId } from '../objects/object-row';
import { innerAddress } from './inner-address';
import { announceKey, announceMove, announceOwnNetworks } from './key-announcements';
import { useKnownKeys } from './key-rotation';

interface KnownKey {
  id: string;
  underlay: HostKey['underlay'];
  public_key: string;
  port: number;
  state: 'current' | 'next' | 'due' | 'retired';
}

/** The host whose keys are registered. */
export interface KeyHolder {
  id: string;
  name: string;
}

/** Throws NetyardError for keys that cannot be: two of one version, one that takes its own place, or another host's. */
export async function assertKeys(transaction: Transaction, hostName: string, keys: HostKey[]): Promise<void> {
  for (const [index, { underlay, publicKey, nextPublicKey }] of keys.entries()) {
    const pointer = `/keys/${index}`;
    if (keys.findIndex((key) => key.underlay === underlay) !== index)
      throw fieldError('invalid-value', `there is another key for ${underlay}`, `${pointer}/underlay`);
    if (nextPublicKey === publicKey) throw fieldError('invalid-value', 'a key cannot take its own place', `${pointer}/nextPublicKey`);
  }
  const named = keys.flatMap(({ publicKey, nextPublicKey }) => [publicKey, ...(nextPublicKey === null ? [] : [nextPublicKey])]);
  if (new Set(named).size < named.length) throw fieldError('invalid-value', 'one key is named twice', '/keys');
  if (named.length === 0) return;
  const [holder] = await transaction.query<{ name: string; public_key: string }>(
    'SELECT h.name, k.public_key FROM host_key k JOIN host h ON h.id = k.host_id WHERE k.public_key = ANY ($1) AND h.name <> $2',
    [named, hostName],
  );
  if (holder) throw fieldError('invalid-value', `${holder.public_key} is a key of host ${holder.name}: no two hosts may have one`, '/keys');
}

/** Takes in what a host says of its keys, and tells those who have to know. May be repeated. */
export async function takeHostKeys(transaction: Transaction, holder: KeyHolder, keys: HostKey[]): Promise<void> {
  const known = await transaction.query<KnownKey>(
    'SELECT id, underlay, public_key, port, state FROM host_key WHERE host_id = $1 ORDER BY id FOR UPDATE',
    [holder.id],
  );
  for (const key of keys)
    await takeKey(
      transaction,
      holder,
      key,
      known.filter(({ underlay }) => underlay === key.underlay),
    );
  for (const key of known) if (!keys.some(({ underlay }) => underlay === key.underlay)) await drop(transaction, holder, key);
  await useKnownKeys(transaction, [holder.id]);
}

async function takeKey(transaction: Transaction, holder: KeyHolder, key: HostKey, known: KnownKey[]): Promise<void> {
  const current = known.find(({ state }) => state === 'current');
  const coming = known.find(({ state }) => state === 'next' || state === 'due');
  const isPromoted = coming?.public_key === key.publicKey;
  if (isPromoted) await promote(transaction, holder, key, { current, coming });
  else if (current?.public_key !== key.publicKey) {
    for (const one of known) await drop(transaction, holder, one);
    await insert(transaction, holder, key, key.publicKey, 'current');
    await announceMove(transaction, holder.id, key.underlay);
    await announceOwnNetworks(transaction, holder.id, key.underlay);
  } else if (current.port !== key.port) await changePort(transaction, holder, key, known);
  const isComing = !isPromoted && current?.public_key === key.publicKey ? coming : undefined;
  if (isComing?.public_key === key.nextPublicKey) return;
  if (isComing) await drop(transaction, holder, isComing);
  // It may be asked for another one again.
  if (isComing && current) await announceKey(transaction, { id: current.id, hostId: holder.id, hostName: holder.name });
  if (key.nextPublicKey !== null) await insert(transaction, holder, key, key.nextPublicKey, 'next');
}

/** The host uses the new key. Others go on knowing the former one for a while. */
async function promote(
  transaction: Transaction,
  holder: KeyHolder,
  key: HostKey,
  { current, coming }: { current: KnownKey | undefined; coming: KnownKey },
): Promise<void> {
  await transaction.query(`UPDATE host_key SET state = 'retired', retired_at = clock_timestamp() WHERE id = $1`, [current?.id ?? null]);
  // Whoever asked for another key meanwhile has got one.
  await transaction.query(
    `UPDATE host_key SET state = 'current', port = $2, created_at = $3, registered_at = clock_timestamp() WHERE id = $1`,
    [coming.id, key.port, key.createdAt],
  );
  await announceKey(transaction, { id: coming.id, hostId: holder.id, hostName: holder.name });
  await announceMove(transaction, holder.id, key.underlay);
  transaction.note({
    tenantId: null,
    kind: 'host',
    id: holder.id,
    name: holder.name,
    type: 'Normal',
    reason: 'KeyReplaced',
    message: `host ${holder.name} uses another key over ${key.underlay}: ${key.publicKey}`,
  });
}

async function changePort(transaction: Transaction, holder: KeyHolder, { underlay, port }: HostKey, known: KnownKey[]): Promise<void> {
  await transaction.query('UPDATE host_key SET port = $3 WHERE host_id = $1 AND underlay = $2', [holder.id, underlay, port]);
  for (const { id } of known) await announceKey(transaction, { id, hostId: holder.id, hostName: holder.name });
  await announceOwnNetworks(transaction, holder.id, underlay);
}

async function insert(
  transaction: Transaction,
  holder: KeyHolder,
  key: HostKey,
  publicKey: string,
  state: 'current' | 'next',
): Promise<void> {
  const [deployment] = await transaction.query<{ inner_prefix: string }>('SELECT inner_prefix::text FROM deployment');
  const id = newId();
  await transaction.query(
    'INSERT INTO host_key (id, host_id, underlay, public_key, port, inner_address, state, created_at) VALUES ($1, $2, $3, $4, $5, $6::inet, $7, $8)',
    [
      id,
      holder.id,
      key.underlay,
      publicKey,
      key.port,
      innerAddress(deployment?.inner_prefix ?? '', key.underlay, publicKey),
      state,
      key.createdAt,
    ],
  );
  await announceKey(transaction, { id, hostId: holder.id, hostName: holder.name });
}

async function drop(transaction: Transaction, holder: KeyHolder, key: KnownKey): Promise<void> {
  await announceKey(transaction, { id: key.id, hostId: holder.id, hostName: holder.name });
  await transaction.query('DELETE FROM host_key WHERE id = $1', [key.id]);
  if (key.state === 'current' || key.state === 'due') await announceOwnNetworks(transaction, holder.id, key.underlay);
}

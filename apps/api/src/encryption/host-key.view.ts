import { sharingSql } from './key-announcements';

/** SQL: the keys that host `h` uses, as `HostKeyStatusDto` has them, in a JSON array. */
export const hostKeysSql = `
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('underlay', c.underlay, 'publicKey', c.public_key, 'port', c.port, 'innerAddress', host(c.inner_address),
      'createdAt', to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'rotation', CASE WHEN k.id IS NOT NULL OR c.registered_at < h.keys_stale_at THEN jsonb_build_object('nextPublicKey', k.public_key, 'waitingFor', (
        SELECT coalesce(jsonb_agg(DISTINCT o.name ORDER BY o.name), '[]') FROM host o WHERE o.id IN (SELECT other.host_id FROM ${sharingSql})
          AND NOT EXISTS (SELECT FROM host_key_peer p WHERE p.key_id = k.id AND p.host_id = o.id))) END) ORDER BY c.underlay)
    FROM host_key c LEFT JOIN host_key k ON k.host_id = c.host_id AND k.underlay = c.underlay AND k.state IN ('next', 'due') WHERE c.host_id = h.id AND c.state = 'current'
  ), '[]')`;

import type { DriverName, SandboxNamespace, TenantGrants } from '@netyard/contracts';
import { coversParent } from '../access/parent-grants';
import type { Transaction } from '../database/transaction';
import type { BeyondGrantsDto } from './tenant.dto';

/** As much as is told of one tenant. */
const told = 100;

type PlacedRow = Record<string, unknown> & { tenant_id: string; id: string; name: string } & (
    | { kind: 'network'; driver: DriverName; parent: string | null; hosts: string[] }
    | { kind: 'sandbox'; namespace: SandboxNamespace['type'] }
  );

/** What may be beyond grants: all but networks of granted drivers that need no parent, and sandboxes in granted namespaces. */
const candidatesSql = `
  SELECT * FROM (
    SELECT n.tenant_id, 'network' AS kind, n.id, n.name, n.driver, n.options ->> 'parent' AS parent, NULL AS namespace,
      ARRAY(SELECT h.name FROM host h WHERE h.id = n.host_id OR EXISTS (SELECT FROM network_host nh WHERE nh.network_id = n.id AND nh.host_id = h.id) ORDER BY h.name) AS hosts
    FROM network n JOIN tenant t ON t.id = n.tenant_id WHERE n.tenant_id = ANY ($1::uuid[]) AND (n.options ? 'parent' OR NOT t.grants -> 'drivers' ? n.driver)
    UNION ALL SELECT s.tenant_id, 'sandbox', s.id, s.name, NULL, NULL, s.namespace ->> 'type', NULL
    FROM sandbox s JOIN tenant t ON t.id = s.tenant_id WHERE s.tenant_id = ANY ($1::uuid[]) AND NOT t.grants -> 'namespaces' ? (s.namespace ->> 'type')
  ) c ORDER BY c.kind, c.name, c.id`;

/** What tenants have that is not granted to them any more, by tenant. The transaction must be the deployment's. */
export async function beyondGrants(
  reader: Pick<Transaction, 'query'>,
  tenants: { id: string; grants: TenantGrants }[],
): Promise<Map<string, BeyondGrantsDto[]>> {
  const rows = await reader.query<PlacedRow>(candidatesSql, [tenants.map(({ id }) => id)]);
  return new Map(
    tenants.map(({ id, grants }) => {
      const own = rows.filter((row) => row.tenant_id === id);
      const beyond = own.flatMap((row): BeyondGrantsDto[] => {
        const what = lacking(row, grants);
        return what === undefined ? [] : [{ kind: row.kind, id: row.id, name: row.name, what }];
      });
      return [id, beyond.slice(0, told)];
    }),
  );
}

function lacking(row: PlacedRow, { drivers, parents }: TenantGrants): string | undefined {
  if (row.kind === 'sandbox') return `namespace type ${row.namespace}`;
  const { driver, parent, hosts } = row;
  if (!drivers.includes(driver)) return `driver ${driver}`;
  if (parent === null) return undefined;
  const places = hosts.length === 0 ? [null] : hosts;
  const [first] = places.filter((host) => !coversParent(parents, parent, host));
  return first === undefined ? undefined : `parent ${parent}${first === null ? '' : ` of host ${first}`}`;
}

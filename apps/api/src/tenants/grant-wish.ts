import type { ParentGrant, TenantGrants } from '@netyard/contracts';
import { anyLink, parseVlans } from '../access/parent-grants';
import type { Transaction } from '../database/transaction';
import { fieldError, findByReference, splitReferences, unknownReference } from '../objects/object-row';
import type { PatchParentGrantDto, PatchTenantGrantsDto } from './tenant.dto';

/** The present grants with what a request says in place of them, list by list. Throws NetyardError that names the field and the culprit. */
export async function changeGrants(
  transaction: Transaction,
  present: TenantGrants,
  patch: PatchTenantGrantsDto = {},
): Promise<TenantGrants> {
  const { drivers = present.drivers, namespaces = present.namespaces } = patch;
  return { drivers, namespaces, parents: patch.parents ? await parseParents(transaction, patch.parents) : present.parents };
}

async function parseParents(transaction: Transaction, parents: PatchParentGrantDto[]): Promise<ParentGrant[]> {
  const { names, ids } = splitReferences(parents.flatMap(({ host }) => host ?? []));
  const hosts = await transaction.query<{ id: string; name: string }>(
    'SELECT id, name FROM host WHERE name = ANY ($1) OR id = ANY ($2::uuid[])',
    [names, ids],
  );
  return parents.map(({ link, host: ref = null, untagged = false, vlans = [] }, index) => {
    const pointer = `/spec/grants/parents/${index}`;
    const host = ref === null ? null : findByReference(hosts, ref);
    if (host === undefined) throw unknownReference('host', ref ?? '', `${pointer}/host`);
    if (link.includes(anyLink) && link !== anyLink)
      throw fieldError('invalid-value', `${link} is no name of a link: ${anyLink} alone means every one`, `${pointer}/link`);
    const bad = vlans.findIndex((text) => !parseVlans(text));
    if (bad >= 0)
      throw fieldError(
        'invalid-value',
        `"${vlans[bad]}" is neither a VLAN from 1 to 4094 nor a range such as 100-199`,
        `${pointer}/vlans/${bad}`,
      );
    if (!untagged && vlans.length === 0)
      throw fieldError('invalid-value', `nothing of link ${link} is granted: neither the link itself (untagged) nor VLANs`, pointer);
    return { link, host: host?.name ?? null, untagged, vlans };
  });
}

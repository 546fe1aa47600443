'use client';

import { unwrap } from '@netyard/api-client';
import { useQuery } from '@tanstack/react-query';
import { Building2, Check } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client';
import { tenantsKey } from '../../api/query-keys';
import { session as text } from '../../messages';
import { CommandDialog, CommandGroup, CommandItem } from '../../ui/command-dialog';
import { switchTenant } from './session-requests';
import { useSession } from './session-context';

/** As many are listed at once; more are found by typing on. */
const shownTenants = 50;

/** Chooses the tenant that the dashboard shows, of those that one has a say in; admins and auditors of all. */
export function TenantDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const [query, setQuery] = useState('');
  const { data: tenants } = useQuery({
    queryKey: tenantsKey,
    queryFn: async () => unwrap(await api.GET('/v1/tenants', { params: { query: { limit: 500, sort: 'name' } } })).items,
  });
  const roles = new Map(session?.memberships.map(({ tenant, role }) => [tenant, role]));
  const found = (tenants ?? []).filter(({ metadata }) => metadata.name.includes(query.trim().toLowerCase())).slice(0, shownTenants);
  return (
    <CommandDialog
      title={text.tenant.title}
      placeholder={text.tenant.placeholder}
      query={query}
      onQueryChange={setQuery}
      empty={text.tenant.none(query)}
      onClose={onClose}
    >
      <CommandGroup title={text.tenant.tenants}>
        {found.map(({ metadata: { name } }) => {
          const role = roles.get(name) ?? session?.deploymentRole;
          return (
            <CommandItem
              key={name}
              value={name}
              icon={name === session?.tenant ? Check : Building2}
              onSelect={() => void switchTenant(name)}
            >
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              {name === session?.tenant && <span className="text-[12px] text-ink-3">{text.tenant.current}</span>}
              {role && <span className="text-[12px] text-ink-2">{text.roles[role]}</span>}
            </CommandItem>
          );
        })}
      </CommandGroup>
    </CommandDialog>
  );
}

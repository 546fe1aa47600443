'use client';

import { Building2, ChevronsUpDown } from 'lucide-react';
import { session as text } from '../../messages';
import { useSession } from './session-context';

/** The tenant that is looked at; opens the list of those that one may look at, where there is more than one. */
export function TenantButton({ onClick }: { onClick: () => void }) {
  const session = useSession();
  if (!session?.tenant) return null;
  const look = 'flex h-8 max-w-48 min-w-0 shrink items-center gap-2 rounded-md px-2 font-medium';
  const name = <span className="min-w-0 truncate max-sm:sr-only">{session.tenant}</span>;
  const icon = <Building2 className="size-4 shrink-0 text-ink-3" aria-hidden="true" />;
  const hasOthers = session.memberships.length > 1 || session.deploymentRole === 'admin' || session.deploymentRole === 'auditor';
  if (!hasOthers)
    return (
      <span className={look} title={session.tenant}>
        {icon}
        {name}
      </span>
    );
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={text.tenant.label(session.tenant)}
      title={text.tenant.label(session.tenant)}
      className={`${look} hover:bg-hover`}
    >
      {icon}
      {name}
      <ChevronsUpDown className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" />
    </button>
  );
}

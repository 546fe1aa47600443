'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { settings } from '../../messages';
import { paths } from '../../paths';
import { refusalFor, type Access } from '../session/permissions';
import { useSession } from '../session/session-context';

type PageName = keyof typeof settings.pages;

/** What is shown to whom: a page whose things one may not even see is not offered. */
const access: Partial<Record<PageName, Access>> = {
  tokens: { resource: 'token', verb: 'read' },
  tenants: { resource: 'user', verb: 'read' },
  users: { resource: 'user', verb: 'read' },
  deploymentTokens: { resource: 'deployment-token', verb: 'read' },
  enrolment: { resource: 'enrolment', verb: 'read' },
};

const groups: readonly { group: keyof typeof settings.groups; pages: readonly PageName[] }[] = [
  { group: 'tenant', pages: ['members', 'tokens', 'quotas', 'drivers', 'shares'] },
  { group: 'deployment', pages: ['tenants', 'users', 'deploymentTokens', 'enrolment'] },
  { group: 'you', pages: ['account'] },
];

/** The pages of the settings, beside them or, where there is no room, above them. */
export function SettingsNavigation() {
  const session = useSession();
  const pathname = usePathname();
  const isShown = (page: PageName): boolean => {
    const needed = access[page];
    return needed === undefined || (session !== null && refusalFor(session, needed) === undefined);
  };
  return (
    <nav aria-label={settings.navigation} className="flex shrink-0 flex-wrap gap-x-px lg:w-44 lg:flex-col lg:gap-4">
      {groups.map(({ group, pages }) => {
        const shown = pages.filter(isShown);
        if (shown.length === 0) return null;
        const title = group === 'tenant' ? settings.groups.tenant(session?.tenant ?? '') : settings.groups[group];
        return (
          <section key={group} aria-label={title} className="max-lg:contents">
            <h2 className="px-2 pb-1 text-[11px] leading-5 font-medium text-ink-3 max-lg:sr-only lg:truncate" title={title}>
              {title}
            </h2>
            <ul className="flex flex-wrap gap-px max-lg:contents lg:flex-col">
              {shown.map((page) => (
                <li key={page}>
                  <Link
                    href={paths[page]}
                    aria-current={pathname === paths[page] ? 'page' : undefined}
                    className={clsx(
                      'flex min-h-7 items-center rounded-md px-2',
                      pathname === paths[page] ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-sunken hover:text-ink',
                    )}
                  >
                    {settings.pages[page]}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

'use client';

import { unwrap, unwrapEmpty, type ListedSession } from '@netyard/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { ownSessionsKey } from '../../api/query-keys';
import { session as sessionText, settings } from '../../messages';
import { Button } from '../../ui/button';
import { Fact, Facts } from '../../ui/facts';
import { Time } from '../../ui/time';
import { PageHeading } from '../page/page-heading';
import { TableSkeleton } from '../page/table-skeleton';
import { useSession } from '../session/session-context';
import { browserName } from './browser-name';
import { PasswordChange } from './password-change';
import { LoadProblem, SettingsPage } from './settings-page';

const text = settings.account;

export function AccountPage() {
  const session = useSession();
  if (!session) return <PageHeading title={settings.pages.account} />;
  return (
    <SettingsPage title={settings.pages.account} say={text.say}>
      <Card title={session.name}>
        <Facts>
          {session.deploymentRole && (
            <Fact name={settings.columns.role}>{sessionText.everywhere(sessionText.roles[session.deploymentRole])}</Fact>
          )}
          {session.memberships.length > 0 && (
            <Fact name={text.tenants}>
              {session.memberships.map(({ tenant, role }) => (
                <span key={tenant} className="block">
                  {sessionText.role(sessionText.roles[role], tenant)}
                </span>
              ))}
            </Fact>
          )}
          {session.kind === 'user' && <Fact name={settings.columns.with}>{session.provider ?? text.byPassword}</Fact>}
          {session.expiresAt && (
            <Fact name={settings.columns.expires}>
              <Time at={session.expiresAt} />
            </Fact>
          )}
        </Facts>
      </Card>
      {session.kind === 'user' && session.provider === null && (
        <Card title={text.password}>
          <PasswordChange />
        </Card>
      )}
      <Card title={text.sessions}>{session.kind === 'user' ? <Sessions /> : <p className="text-ink-2">{text.noSessions}</p>}</Card>
    </SettingsPage>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface px-5 py-4 shadow-card">
      <h2 className="pb-3 text-[14px] font-semibold">{title}</h2>
      {children}
    </section>
  );
}

/** Where the user is signed in, each with a button that ends it. */
function Sessions() {
  const { data, error } = useQuery({ queryKey: ownSessionsKey, queryFn: async () => unwrap(await api.GET('/v1/sessions')).items });
  if (error) return <LoadProblem error={error} />;
  if (!data) return <TableSkeleton />;
  return (
    <ul aria-label={text.sessions} className="flex flex-col rounded-md border border-line">
      {data.map((session) => (
        <SessionItem key={session.id} session={session} />
      ))}
    </ul>
  );
}

function SessionItem({ session: { id, current, source, userAgent, createdAt, lastUsedAt, provider } }: { session: ListedSession }) {
  const queries = useQueryClient();
  const end = async () => {
    try {
      unwrapEmpty(await api.DELETE('/v1/sessions/{ref}', { params: { path: { ref: id } } }));
      toast.success(text.ended);
    } catch (problem) {
      toast.error(problem instanceof Error ? problem.message : String(problem));
    }
    await queries.invalidateQueries({ queryKey: ownSessionsKey });
  };
  const browser = (userAgent !== null && browserName(userAgent)) || text.unknownBrowser;
  return (
    <li className="flex items-start gap-3 border-b border-line px-3 py-2 last:border-b-0">
      <Monitor className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <span className="font-medium">{browser}</span> <span className="text-ink-2">{source && text.from(source)}</span>
          {current && <span className="ml-2 rounded bg-ready-soft px-1.5 text-[12px] font-medium text-ready">{text.thisOne}</span>}
        </p>
        <p className="text-[12px] leading-[18px] text-ink-2">
          {settings.columns.signedIn} <Time at={createdAt} /> · {provider ?? text.byPassword} · {settings.columns.lastUsed.toLowerCase()}{' '}
          <Time at={lastUsedAt} />
        </p>
      </div>
      {!current && (
        <Button size="small" aria-label={text.endOf(`${browser} ${source ?? ''}`)} onClick={() => void end()}>
          {text.end}
        </Button>
      )}
    </li>
  );
}

import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Frame } from '../../features/frame/frame';
import { NoTenant } from '../../features/session/no-tenant';
import { paths } from '../../paths';
import { publicApiAddress } from '../../server/api-address';
import { currentSession } from '../../server/current-session';

/** All pages that need somebody to be signed in. The frame stays while they change, and with it the one connection to the API. */
export default async function Layout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (session === 'signed-out') redirect(paths.signIn);
  if (session && session.tenant === null) return <NoTenant name={session.name} />;
  return (
    <Frame apiUrl={publicApiAddress()} session={session}>
      {children}
    </Frame>
  );
}

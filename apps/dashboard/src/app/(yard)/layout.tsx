import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Frame } from '../../features/frame/frame';
import { paths } from '../../paths';
import { publicApiAddress } from '../../server/api-address';
import { sessionToken } from '../../server/session';

/** All pages that need somebody to be signed in. The frame stays while they change, and with it the one connection to the API. */
export default async function Layout({ children }: { children: ReactNode }) {
  if (!(await sessionToken())) redirect(paths.signIn);
  return <Frame apiUrl={publicApiAddress()}>{children}</Frame>;
}

import { redirect } from 'next/navigation';
import { DashboardPage } from '../features/page/dashboard-page';
import { paths } from '../paths';
import { publicApiAddress } from '../server/api-address';
import { sessionToken } from '../server/session';

export default async function Page() {
  if (!(await sessionToken())) redirect(paths.signIn);
  return <DashboardPage apiUrl={publicApiAddress()} />;
}

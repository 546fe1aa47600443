import type { Metadata } from 'next';
import { DeploymentTokensPage } from '../../../../features/settings/deployment-tokens-page';
import { settings } from '../../../../messages';

export const metadata: Metadata = { title: settings.pages.deploymentTokens };

export default function Page() {
  return <DeploymentTokensPage />;
}

import type { ReactNode } from 'react';
import { SettingsNavigation } from '../../../features/settings/settings-navigation';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-4 lg:flex-row lg:gap-8">
      <SettingsNavigation />
      <div className="flex min-w-0 flex-1 flex-col gap-4">{children}</div>
    </div>
  );
}

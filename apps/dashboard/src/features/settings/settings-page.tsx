'use client';

import { ApiProblem } from '@netyard/api-client';
import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { tables } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { PageHeading } from '../page/page-heading';

interface SettingsPageProps {
  title: string;
  /** Beside the title: a count. */
  note?: ReactNode;
  /** What it is for, in a sentence or two. */
  say: ReactNode;
  action?: { label: string; icon?: LucideIcon; run: () => void; disabledReason?: string | undefined } | undefined;
  /** Why what it shows did not come. */
  error?: Error | null;
  children: ReactNode;
}

/** What all pages of settings begin with: title, what it is for, and what can be done. */
export function SettingsPage({ title, note, say, action, error, children }: SettingsPageProps) {
  const Icon = action?.icon;
  return (
    <>
      <PageHeading title={title} note={note}>
        {action && (
          <Button variant="primary" onClick={action.run} disabledReason={action.disabledReason}>
            {Icon && <Icon className="size-4" aria-hidden="true" />}
            {action.label}
          </Button>
        )}
      </PageHeading>
      <p className="-mt-2 max-w-prose text-ink-2">{say}</p>
      {error && <LoadProblem error={error} />}
      {children}
    </>
  );
}

/** Says why something did not come, in the API's words. */
export function LoadProblem({ error }: { error: Error }) {
  return (
    <Banner tone="failing" icon={CircleAlert}>
      {error instanceof ApiProblem ? error.message : tables.unreachable}
    </Banner>
  );
}

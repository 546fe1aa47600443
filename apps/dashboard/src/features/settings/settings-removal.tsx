'use client';

import { unwrapEmpty } from '@netyard/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { ConfirmDialog } from '../removal/confirm-dialog';

interface SettingsRemovalProps {
  title: string;
  /** What is lost, in one sentence. */
  description: string;
  confirmLabel: string;
  /** Of the request, as people would type it. */
  path: string;
  remove: () => Promise<{ error?: unknown; response: Response }>;
  /** The list that is to be asked for anew. */
  changes: readonly string[];
  /** Says afterwards that it is done. */
  done: string;
  /** Where the page has to go afterwards, because what it shows is gone; then no list is asked for anew. */
  leave?: (() => Promise<void>) | undefined;
  onClose: () => void;
}

/** Asks before something is taken out of a list of settings. */
export function SettingsRemoval({ path, remove, changes, done, leave, ...rest }: SettingsRemovalProps) {
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      {...rest}
      request={{ method: 'DELETE', path }}
      run={async () => {
        unwrapEmpty(await remove());
        if (leave) return leave();
        await queries.invalidateQueries({ queryKey: changes });
        toast.success(done);
      }}
    />
  );
}

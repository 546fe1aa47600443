'use client';

import { CircleCheck, CircleDashed } from 'lucide-react';
import Link from 'next/link';
import { settings } from '../../messages';
import { objectPath } from '../../paths';
import { Button } from '../../ui/button';
import { CodeBlock } from '../../ui/code-block';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog';
import { useApiUrl } from '../form/api-url';
import { useInventory } from '../inventory/use-inventory';
import { enrolmentCommand } from './enrolment-command';

const text = settings.enrolment;

interface EnrolledDialogProps {
  host: string;
  token: string;
  onClose: () => void;
}

/** Tells what to type on the host, and says as soon as the host is here. */
export function EnrolledDialog({ host, token, onClose }: EnrolledDialogProps) {
  const apiUrl = useApiUrl();
  const row = useInventory()?.hosts.find(({ name }) => name === host);
  const isReady = row?.health.tone === 'ready' || row?.health.tone === 'warning';
  const Icon = isReady ? CircleCheck : CircleDashed;
  return (
    <Dialog title={text.shownTitle(host)} description={text.shownDescription} onClose={onClose}>
      <DialogBody>
        <CodeBlock label={text.command} code={enrolmentCommand(apiUrl, host, token)} />
        <p role="status" className="flex items-center gap-2">
          <Icon className={isReady ? 'size-4 text-ready' : 'size-4 text-pending motion-safe:animate-pulse'} aria-hidden="true" />
          {isReady ? text.here(host) : row ? text.hereNotReady(host) : text.waiting(host)}
        </p>
      </DialogBody>
      <DialogFooter>
        {row && (
          <Link
            href={objectPath('host', host)}
            className="inline-flex h-8 items-center rounded-md border border-line-strong bg-surface px-3 font-medium hover:bg-hover"
          >
            {text.open(host)}
          </Link>
        )}
        <Button variant="primary" onClick={onClose}>
          {text.close}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

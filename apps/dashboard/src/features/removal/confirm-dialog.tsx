'use client';

import { ApiProblem } from '@netyard/api-client';
import { CircleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { controls, objects } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog';
import { CurlPreview } from '../form/curl-preview';
import type { RequestLine } from '../form/curl';
import { DialogRefusal, useDialogsRefusal } from '../form/dialog-refusal';

interface ConfirmDialogProps {
  title: string;
  /** What is lost, in one sentence. */
  description: ReactNode;
  confirmLabel: string;
  request: RequestLine;
  run: () => Promise<void>;
  onClose: () => void;
  /** What goes with it, by name. */
  children?: ReactNode;
}

/** Asks before something is taken away, naming it and all that goes with it. */
export function ConfirmDialog({ title, description, confirmLabel, request, run, onClose, children }: ConfirmDialogProps) {
  const refusal = useDialogsRefusal();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await run();
      onClose();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : objects.unreachable(String(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <DialogBody>
        <DialogRefusal />
        {problem && (
          <div role="alert">
            <Banner tone="failing" icon={CircleAlert}>
              {problem}
            </Banner>
          </div>
        )}
        {children}
        <CurlPreview requests={() => [request]} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose} autoFocus>
          {controls.cancel}
        </Button>
        <Button variant="danger" busy={busy} disabledReason={refusal} onClick={() => void confirm()}>
          {confirmLabel}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

'use client';

import { Button } from '../../ui/button';
import { CodeBlock } from '../../ui/code-block';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog';

interface SecretDialogProps {
  title: string;
  description: string;
  label: string;
  secret: string;
  doneLabel: string;
  onClose: () => void;
}

/** Shows what is shown once. */
export function SecretDialog({ title, description, label, secret, doneLabel, onClose }: SecretDialogProps) {
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <DialogBody>
        <CodeBlock label={label} code={secret} />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          {doneLabel}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

'use client';

import { unwrapEmpty } from '@netyard/api-client';
import { Undo2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { toast } from 'sonner';
import { api } from '../../api/client';
import { topology as text } from '../../messages/topology';
import { Button } from '../../ui/button';
import { noteJoin, useLastJoin, type LastJoin } from '../endpoints/last-join';
import { isTyping } from '../frame/typing';
import type { Inventory } from '../inventory/inventory';

/** Undoes the join that was made last on this page, and still stands: a button, and Control Z. Nothing that others have done is ever undone. */
export function Undo({ endpoints }: { endpoints: Inventory['endpoints'] }) {
  const last = useLastJoin();
  const [isBusy, setBusy] = useState(false);
  // What was joined before this page was opened is no edit of this page.
  useEffect(() => {
    noteJoin(null);
    return () => noteJoin(null);
  }, []);
  const stands = last !== null && endpoints.some(({ id, sandboxName }) => id === last.id && sandboxName === last.sandbox);

  const undo = useCallback(async () => {
    if (!stands || last === null || isBusy) return;
    setBusy(true);
    try {
      await takeBack(last);
      noteJoin(null);
      toast.success(text.undone(last.sandbox, last.name));
    } catch (error) {
      toast.error(text.undoFailed(error instanceof Error ? error.message : String(error)));
    } finally {
      setBusy(false);
    }
  }, [last, stands, isBusy]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
      if (!isUndo || !stands || event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      void undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [stands, undo]);

  if (!stands || last === null) return null;
  return (
    <Button busy={isBusy} aria-keyshortcuts="Control+Z" title={text.undo(last.sandbox, last.name)} onClick={() => void undo()}>
      <Undo2 className="size-4" aria-hidden="true" />
      {text.undoShort}
    </Button>
  );
}

async function takeBack({ id, isCreated }: LastJoin): Promise<void> {
  const params = { path: { ref: id } };
  if (isCreated) unwrapEmpty(await api.DELETE('/v1/endpoints/{ref}', { params }));
  else unwrapEmpty(await api.POST('/v1/endpoints/{ref}/leave', { params }));
}

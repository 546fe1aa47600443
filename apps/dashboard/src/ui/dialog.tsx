import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { controls } from '../messages';
import { IconButton } from './button';

interface DialogProps {
  title: string;
  description: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog that is open as long as it is there. It is placed without transforms, so that lists opened inside may reach out of it. */
export function Dialog({ title, description, onClose, children }: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="overlay-enter fixed inset-0 z-30 bg-(--scrim)" />
        <div className="pointer-events-none fixed inset-0 z-30 grid justify-items-center overflow-hidden sm:p-6">
          <Radix.Content
            onOpenAutoFocus={focusFirstField}
            onCloseAutoFocus={returnFocus}
            className="dialog-enter pointer-events-auto flex max-h-full w-full flex-col self-end overflow-hidden rounded-t-xl border border-line bg-raised shadow-raised outline-none sm:max-w-[34rem] sm:self-start sm:rounded-xl sm:mt-[6vh] sm:max-h-[86vh]"
          >
            <header className="flex items-start gap-3 border-b border-line px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-[15px] leading-6 font-semibold">{title}</Radix.Title>
                <Radix.Description className="text-ink-2">{description}</Radix.Description>
              </div>
              <Radix.Close asChild>
                <IconButton label={controls.close}>
                  <X className="size-4" aria-hidden="true" />
                </IconButton>
              </Radix.Close>
            </header>
            {children}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** For what opens without a trigger that Radix knows: whoever had the focus gets it back. */
export function useReturnFocus(): (event: Event) => void {
  // A dialog that the address names is rendered on the server first, where nothing has the focus.
  const [opener] = useState(() => (typeof document === 'undefined' ? null : document.activeElement));
  return (event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement) opener.focus();
  };
}

/** Begins where something is to be filled in, not at the button that closes. */
function focusFirstField(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const fields = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input:not([type="checkbox"]), select')];
  const first = fields.find(({ value }) => value === '') ?? fields[0];
  if (!first) return;
  event.preventDefault();
  first.focus();
}

/** The scrolling middle of a dialog. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">{children}</div>;
}

/** The row of buttons at its foot. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-5 py-3">{children}</footer>;
}

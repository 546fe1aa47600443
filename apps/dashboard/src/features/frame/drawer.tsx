'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { frame } from '../../messages';
import { IconButton } from '../../ui/button';
import { useReturnFocus } from '../../ui/dialog';
import { Mark } from '../../ui/mark';
import { PlaceGroups } from './side-bar';

/** The navigation where the window is too narrow for a side bar. */
export function Drawer({ onClose }: { onClose: () => void }) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="overlay-enter fixed inset-0 z-30 bg-(--scrim) lg:hidden" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="overlay-enter fixed inset-y-0 left-0 z-30 flex w-64 max-w-[85vw] flex-col gap-4 overflow-y-auto border-r border-line bg-surface px-3 py-3 shadow-raised outline-none lg:hidden"
        >
          <header className="flex h-7 items-center gap-2 pl-2">
            <Mark className="size-6" />
            <Radix.Title className="flex-1 text-[15px] font-semibold tracking-tight">{frame.product}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={frame.closeNavigation}>
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </header>
          <nav aria-label={frame.navigation}>
            <PlaceGroups onGo={onClose} />
          </nav>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

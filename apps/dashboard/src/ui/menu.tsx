import clsx from 'clsx';
import { MoreHorizontal, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { IconButton } from './button';

export interface MenuAction {
  label: string;
  icon: LucideIcon;
  run: () => void;
  danger?: boolean;
  /** Why it cannot be done now; shown under the label. */
  disabledReason?: string | undefined;
}

/** The "more" button of a row or a panel, with what can be done to the object. */
export function ActionMenu({ label, actions }: { label: string; actions: MenuAction[] }) {
  const trigger = useRef<HTMLButtonElement>(null);
  const chosen = useRef<(() => void) | null>(null);
  // An action runs once the menu is gone and the focus is back: what it opens then knows where to return it to.
  const finish = (event: Event) => {
    event.preventDefault();
    trigger.current?.focus();
    chosen.current?.();
    chosen.current = null;
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton ref={trigger} label={label}>
          <MoreHorizontal className="size-4" aria-hidden="true" />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={finish}
          className="overlay-enter z-40 min-w-44 rounded-lg border border-line bg-raised p-1 shadow-raised"
        >
          {actions.map(({ label: text, icon: Icon, run, danger, disabledReason }) => (
            <DropdownMenu.Item
              key={text}
              onSelect={() => (chosen.current = run)}
              disabled={disabledReason !== undefined}
              className={clsx(
                'flex items-start gap-2 rounded-md px-2 py-1.5 outline-none select-none data-[disabled]:cursor-not-allowed data-[disabled]:text-ink-3',
                danger ? 'text-danger data-[highlighted]:bg-failing-soft' : 'text-ink data-[highlighted]:bg-sunken',
              )}
            >
              <Icon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              <span>
                {text}
                {disabledReason && <span className="block max-w-56 text-[12px] leading-4 text-ink-3">{disabledReason}</span>}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

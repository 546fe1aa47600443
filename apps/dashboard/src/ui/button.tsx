import clsx from 'clsx';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-hover',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover',
} as const;

const sizes = { small: 'h-7 px-2 gap-1.5', medium: 'h-8 px-3 gap-1.5' } as const;

interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  /** Shows that what the button does is under way, and keeps it from being done twice. */
  busy?: boolean;
  /** Why the button can do nothing now. It stays focusable, so that the reason can be read. */
  disabledReason?: string | undefined;
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  busy = false,
  disabledReason,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const isBlocked = busy || disabledReason !== undefined;
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBlocked || undefined}
      aria-busy={busy || undefined}
      title={disabledReason ?? rest.title}
      onClick={(event) => (isBlocked ? event.preventDefault() : onClick?.(event))}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors select-none',
        variants[variant],
        sizes[size],
        disabledReason !== undefined && 'opacity-55',
        className,
      )}
    >
      {busy && <LoaderCircle className="size-3.5 animate-spin" aria-hidden="true" />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does; read out, and shown as its title. */
  label: string;
}

export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={clsx(
        'inline-grid size-7 shrink-0 place-items-center rounded-md text-ink-3 transition-colors hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken data-[state=open]:text-ink',
        className,
      )}
    />
  );
}

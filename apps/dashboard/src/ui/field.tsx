import clsx from 'clsx';
import { AlertCircle } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { controls } from '../messages';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** Gets the attributes that tie the control to its label, hint and error. */
  children: (control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode;
}

export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="flex h-5 items-baseline gap-1.5 font-medium">
        {label}
        {optional && <span className="text-[12px] font-normal text-ink-3">{controls.optional}</span>}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {error && <FieldError id={errorId}>{error}</FieldError>}
      {hint && (
        <p id={hintId} className="text-[12px] leading-[18px] text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}

export function FieldError({ id, children }: { id?: string | undefined; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-[12px] leading-[18px] text-failing">
      <AlertCircle className="mt-0.5 size-3.5 shrink-0" aria-hidden="true" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}

const controlClass =
  'h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-ink placeholder:text-ink-3 aria-invalid:border-failing-bar';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input type="text" autoComplete="off" autoCapitalize="off" spellCheck={false} {...rest} className={clsx(controlClass, className)} />
  );
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={clsx(controlClass, 'pr-1.5', className)} />;
}

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

export function Checkbox({ label, hint, error, ...rest }: CheckboxProps) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="flex items-start gap-2">
      {/* The label makes the target; the box alone would be smaller than 24 px. */}
      <label htmlFor={id} className="flex min-h-6 items-start gap-2">
        <input id={id} type="checkbox" aria-describedby={described} {...rest} className="mt-0.5 size-4 shrink-0 accent-(--accent)" />
        <span className="font-medium">{label}</span>
      </label>
      {(hint || error) && (
        <div className="min-w-0 flex-1 text-[12px] leading-[18px] text-ink-3">
          {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
          {hint && (
            <p id={`${id}-hint`} className="pt-0.5">
              {hint}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

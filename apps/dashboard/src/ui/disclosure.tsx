import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';

interface DisclosureProps {
  label: string;
  /** Opens it from outside, as when something inside needs attention. */
  forceOpen?: boolean;
  children: () => ReactNode;
}

/** What few need, a click away. What is inside is made when it is first opened. */
export function Disclosure({ label, forceOpen = false, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  const open = isOpen || forceOpen;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/disclosure">
      <summary className="flex min-h-6 w-fit cursor-pointer list-none items-center gap-1 rounded text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open/disclosure:rotate-90" aria-hidden="true" />
        {label}
      </summary>
      {open && children()}
    </details>
  );
}

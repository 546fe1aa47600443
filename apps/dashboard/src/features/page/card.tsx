import type { ReactNode } from 'react';

interface CardProps {
  /** Read out, where it is a region of its own. */
  label?: string;
  children: ReactNode;
}

/** What belongs together, on a surface of its own. */
export function Card({ label, children }: CardProps) {
  const look = 'rounded-lg border border-line bg-surface shadow-card';
  return label === undefined ? (
    <div className={look}>{children}</div>
  ) : (
    <section aria-label={label} className={look}>
      {children}
    </section>
  );
}

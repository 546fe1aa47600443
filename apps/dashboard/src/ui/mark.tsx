/** The product's mark: two sandboxes, joined. */
export function Mark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path d="M9 22V10l14 12V10" fill="none" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" className="stroke-on-accent" />
      <circle cx="9" cy="10" r="2.7" className="fill-on-accent" />
      <circle cx="23" cy="22" r="2.7" className="fill-on-accent" />
    </svg>
  );
}

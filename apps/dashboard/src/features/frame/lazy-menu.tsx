'use client';

import { useState, type ReactElement, type ReactNode } from 'react';
import { IconButton } from '../../ui/button';

interface LazyMenuProps {
  label: string;
  icon: ReactNode;
  /** The menu, which opens by itself when it is first there and has this button as its trigger. */
  children: (trigger: ReactElement) => ReactNode;
}

/** A button whose menu is loaded when it is first pressed. */
export function LazyMenu({ label, icon, children }: LazyMenuProps) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return children(<IconButton label={label}>{icon}</IconButton>);
  return (
    <IconButton label={label} aria-haspopup="menu" onClick={() => setWanted(true)}>
      {icon}
    </IconButton>
  );
}

'use client';

import { Lock } from 'lucide-react';
import { createContext, useContext } from 'react';
import { Banner } from '../../ui/banner';

const DialogRefusalContext = createContext<string | undefined>(undefined);

/** Why what the dialogs within do may not be done by who looks at them: an address that names a dialog leads everybody to it. */
export const DialogRefusalProvider = DialogRefusalContext.Provider;
export const useDialogsRefusal = (): string | undefined => useContext(DialogRefusalContext);

/** The reason, first in the dialog. */
export function DialogRefusal() {
  const refusal = useDialogsRefusal();
  if (refusal === undefined) return null;
  return (
    <Banner tone="info" icon={Lock}>
      {refusal}
    </Banner>
  );
}

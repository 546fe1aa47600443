'use client';

import { unwrap, type CreatePolicy } from '@netyard/api-client';
import { api } from '../../api/client';
import { policies as text } from '../../messages';
import { DocumentTab } from '../document/document-tab';
import type { PolicyRow } from '../inventory/inventory';
import { CutFlows } from './cut-flows';

/** The document of a policy; tells on request which of the present flows an edit would cut. */
export function PolicyDocument({ row }: { row: PolicyRow }) {
  return (
    <DocumentTab
      row={row}
      tryOut={{
        label: text.form.preview,
        // What may be in it is for the API to say.
        run: async (document) => (
          <CutFlows preview={unwrap(await api.POST('/v1/policies/preview', { body: document as unknown as CreatePolicy }))} />
        ),
      }}
    />
  );
}

import { ApiProblem } from '@netyard/api-client';
import { isSame, type Value } from '../changes/difference';
import { type ObjectDocument, patchBetween } from './document';
import type { DocumentVersion } from './patch-object';

/** How an edit ended: it is applied, or somebody else has changed what it began with. */
export type EditOutcome = { applied: DocumentVersion } | { theirs: DocumentVersion };

interface Door {
  patch: (patch: { [key: string]: Value }, resourceVersion: string) => Promise<DocumentVersion>;
  read: () => Promise<DocumentVersion>;
}

/** Versions count what hosts report too: so often a change of no document is passed over. */
const attempts = 5;

/** Makes `mine` of what there was. Throws ApiProblem for all that is no conflict, and when hosts report faster than one can write. */
export async function applyEdit(base: DocumentVersion, mine: ObjectDocument, door: Door): Promise<EditOutcome> {
  const patch = patchBetween(base.document, mine);
  if (patch === null) return { applied: base };
  let { resourceVersion } = base;
  for (let attempt = 1; ; attempt++) {
    try {
      return { applied: await door.patch(patch, resourceVersion) };
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'precondition-failed' || attempt === attempts) throw error;
      const now = await door.read();
      if (!isSame(now.document as unknown as Value, base.document as unknown as Value)) return { theirs: now };
      resourceVersion = now.resourceVersion;
    }
  }
}

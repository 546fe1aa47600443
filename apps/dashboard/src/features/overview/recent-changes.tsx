'use client';

import { history } from '../../messages';
import { ChangeList } from '../changes/change-list';

const shownChanges = 8;

/** Who did what lately. */
export function RecentChanges() {
  return (
    <section aria-label={history.changes.recent} className="flex flex-col gap-2">
      <h2 className="font-medium">{history.changes.recent}</h2>
      <ChangeList limit={shownChanges} isPaged={false} />
    </section>
  );
}

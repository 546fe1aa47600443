'use client';

import { unwrap } from '@netyard/api-client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { api } from '../../api/client';
import { auditKey } from '../../api/query-keys';
import { audit as text } from '../../messages';
import { paths } from '../../paths';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { PageHeading } from '../page/page-heading';
import { TableSkeleton } from '../page/table-skeleton';
import { LoadProblem } from '../settings/settings-page';
import { AuditFilterFields } from './audit-filter-fields';
import { AuditItem } from './audit-item';
import { auditParsers, auditQuery, exportPath } from './audit-query';

const pageSize = 100;

/** What has been done and refused, the latest first. */
export function AuditPage() {
  const [filters, setFilters] = useQueryStates(auditParsers, { throttleMs: 200 });
  const query = auditQuery(filters);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: auditKey(query),
    queryFn: async ({ pageParam }) =>
      unwrap(
        await api.GET('/v1/audit', {
          params: { query: { ...query, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const entries = data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHeading title={text.title}>
        <a
          href={exportPath(paths.apiBase, query)}
          download
          className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-3 font-medium hover:bg-hover"
        >
          <Download className="size-4 text-ink-3" aria-hidden="true" />
          {text.export}
        </a>
      </PageHeading>
      <p className="-mt-2 max-w-prose text-ink-2">{text.say}</p>
      <AuditFilterFields filters={filters} onChange={(change) => void setFilters(change)} />
      {error && <LoadProblem error={error} />}
      {!entries && !error && <TableSkeleton />}
      {entries?.length === 0 && (
        <div className="rounded-lg border border-line bg-surface shadow-card">
          <EmptyState title={text.empty}>
            <Button size="small" onClick={() => void setFilters(null)}>
              {text.clear}
            </Button>
          </EmptyState>
        </div>
      )}
      {entries && entries.length > 0 && (
        <ol aria-label={text.list} className="rounded-lg border border-line bg-surface shadow-card">
          {entries.map((entry) => (
            <AuditItem key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text.more}
        </Button>
      )}
    </>
  );
}

'use client';

import { ApiProblem } from '@netyard/api-client';
import { CircleAlert, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { objects } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';

interface QuestionStateProps<Data> {
  question: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  children: (data: Data) => ReactNode;
}

/** What the API answered, or why it did not; what is known stays while it is asked anew. */
export function QuestionState<Data>({ question: { data, error, refetch }, children }: QuestionStateProps<Data>) {
  return (
    <>
      {error && (
        <div role="alert">
          <Banner tone="failing" icon={CircleAlert}>
            <span className="flex flex-wrap items-center justify-between gap-2">
              {saidOf(error)}
              <Button size="small" onClick={() => void refetch()}>
                <RefreshCw className="size-3.5" aria-hidden="true" />
                {objects.again}
              </Button>
            </span>
          </Banner>
        </div>
      )}
      {data !== undefined && children(data)}
      {data === undefined && !error && (
        <p role="status" className="px-1 py-4 text-ink-3">
          {objects.loading}…
        </p>
      )}
    </>
  );
}

/** An error in words: the API's own, or that it was not reached. */
export const saidOf = (error: unknown): string =>
  error instanceof ApiProblem ? error.message : objects.unreachable(error instanceof Error ? error.message : String(error));

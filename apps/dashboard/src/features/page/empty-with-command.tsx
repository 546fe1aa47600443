'use client';

import { tables } from '../../messages';
import { CodeBlock } from '../../ui/code-block';
import { EmptyState } from '../../ui/empty-state';
import { useApiUrl } from '../form/api-url';
import { curlLine, type RequestLine } from '../form/curl';

/** Stands where there is nothing of a kind, with the request that makes the first. */
export function EmptyWithRequest({ title, say, request }: { title: string; say: string; request: RequestLine }) {
  return <EmptyWithCommand title={title} say={say} command={curlLine(useApiUrl(), request)} />;
}

/** The same with any command of a shell. */
export function EmptyWithCommand({ title, say, command }: { title: string; say: string; command: string }) {
  return (
    <EmptyState title={title}>
      <p className="text-ink-2">{say}</p>
      <div className="w-full max-w-2xl">
        <CodeBlock label={tables.command} code={command} />
      </div>
    </EmptyState>
  );
}

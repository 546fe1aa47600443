'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock } from '../../ui/code-block';
import { useApiUrl } from './api-url';
import { curlLine, type RequestLine } from './curl';

/** The same as a command, for those who ask for it. */
export function CurlPreview({ requests }: { requests: () => RequestLine[] }) {
  const apiUrl = useApiUrl();
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="flex min-h-6 w-fit cursor-pointer list-none items-center gap-1 rounded text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden="true" />
        Show as curl
      </summary>
      {open && (
        <div className="mt-2">
          <CodeBlock
            label="The equal command"
            code={requests()
              .map((request) => curlLine(apiUrl, request))
              .join('\n')}
          />
        </div>
      )}
    </details>
  );
}

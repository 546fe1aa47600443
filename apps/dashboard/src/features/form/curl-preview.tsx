'use client';

import { CodeBlock } from '../../ui/code-block';
import { Disclosure } from '../../ui/disclosure';
import { useApiUrl } from './api-url';
import { curlLine, type RequestLine } from './curl';

/** The same as a command, for those who ask for it. */
export function CurlPreview({ requests }: { requests: () => RequestLine[] }) {
  const apiUrl = useApiUrl();
  return (
    <Disclosure label="Show as curl">
      {() => (
        <div className="mt-2">
          <CodeBlock
            label="The equal command"
            code={requests()
              .map((request) => curlLine(apiUrl, request))
              .join('\n')}
          />
        </div>
      )}
    </Disclosure>
  );
}

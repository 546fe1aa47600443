'use client';

import { controls } from '../../messages';
import { CodeBlock } from '../../ui/code-block';
import { Disclosure } from '../../ui/disclosure';
import { useApiUrl } from './api-url';
import { curlLine, type RequestLine } from './curl';

/** The same as a command, for those who ask for it. */
export function CurlPreview({ requests }: { requests: () => RequestLine[] }) {
  const apiUrl = useApiUrl();
  return (
    <Disclosure label={controls.curl}>
      {() => (
        <div className="mt-2">
          <CodeBlock
            label={controls.command}
            code={requests()
              .map((request) => curlLine(apiUrl, request))
              .join('\n')}
          />
        </div>
      )}
    </Disclosure>
  );
}

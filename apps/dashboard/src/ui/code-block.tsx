'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { controls } from '../messages';
import { IconButton } from './button';

/** A command to read and to copy. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    // Browsers withhold the clipboard from pages that came over plain HTTP from another machine; the text can still be selected.
    navigator.clipboard?.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="flex items-start gap-1 rounded-md border border-line bg-sunken text-left">
      <pre
        tabIndex={0}
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto px-3 py-2 font-mono text-[12px] leading-[18px] text-ink"
      >
        {code}
      </pre>
      <IconButton
        label={copied ? controls.copied : controls.copy}
        onClick={() => void copy()}
        onBlur={() => setCopied(false)}
        className="m-1"
      >
        {copied ? <Check className="size-4 text-ready" aria-hidden="true" /> : <Copy className="size-4" aria-hidden="true" />}
      </IconButton>
    </div>
  );
}

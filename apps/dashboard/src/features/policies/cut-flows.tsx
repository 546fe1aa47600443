'use client';

import type { PolicyPreview } from '@netyard/api-client';
import { policies } from '../../messages';
import { StatusIcon } from '../../ui/status-badge';

const text = policies.preview;

type CutFlow = PolicyPreview['cut'][number];

/** More than these tell nobody more. */
const shownFlows = 20;

/** The present flows that a policy would cut. */
export function CutFlows({ preview: { flowCount, cutCount, cut } }: { preview: PolicyPreview }) {
  return (
    <section aria-label={text.title} className="rounded-lg border border-line bg-surface">
      <p className="flex items-center gap-2 px-3 py-2">
        <StatusIcon tone={cutCount === 0 ? 'ready' : 'failing'} />
        <span className="font-medium">{cutCount === 0 ? text.none : text.cut(cutCount, flowCount)}</span>
        {cutCount === 0 && <span className="text-ink-2">{text.noneOf(flowCount)}</span>}
      </p>
      {cut.length > 0 && (
        <ul className="max-h-48 overflow-y-auto border-t border-line" tabIndex={0} aria-label={text.flows}>
          {cut.slice(0, shownFlows).map((flow, index) => (
            <li key={index} className="border-b border-line px-3 py-1.5 break-words last:border-b-0">
              <span className="text-ink-3">{flow.protocol}</span> {text.party(flow.sourceEndpoint ?? flow.source, flow.sourcePort)}
              <span className="text-ink-3"> → </span>
              {text.party(flow.destinationEndpoint ?? flow.destination, flow.destinationPort)}
              <span className="text-[12px] text-ink-2"> {decider(flow)}</span>
            </li>
          ))}
          {cut.length > shownFlows && <li className="px-3 py-1.5 text-ink-2">{text.more(cutCount - shownFlows)}</li>}
        </ul>
      )}
    </section>
  );
}

const decider = ({ policy, rule }: CutFlow): string => (rule === null ? text.byDefault(policy) : text.byRule(policy, rule + 1));

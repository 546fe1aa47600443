import type { HostTunnels } from '@netyard/api-client';
import type { ReactNode } from 'react';
import { traffic as text } from '../../messages';

const rate = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const number = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const rateText = (mbps: number): string => rate.format(mbps);

interface TrafficDirectionProps {
  name: string;
  traffic: HostTunnels['items'][number]['ingress'];
  /** Null: not measured yet. */
  mbps: number | null;
  /** What there is to say of the rate. */
  children?: ReactNode;
}

/** What goes one way: the present rate, and all that has gone since it was made. */
export function TrafficDirection({ name, traffic: { bytes, packets, dropped, errors }, mbps, children }: TrafficDirectionProps) {
  const lost = [dropped > 0 && text.dropped(number.format(dropped)), errors > 0 && text.errors(number.format(errors))].filter(Boolean);
  return (
    <div className="px-3 py-2">
      <dt className="text-[12px] text-ink-3">{name}</dt>
      <dd>
        <span className="block text-[15px] leading-6 font-semibold tabular-nums">{mbps === null ? '…' : text.rate(rateText(mbps))}</span>
        {children && <span className="block text-[12px] leading-[18px] text-ink-2">{children}</span>}
        <span className="block text-[12px] leading-[18px] text-ink-2 tabular-nums">
          {text.total(number.format(bytes), number.format(packets))}
        </span>
        {lost.length > 0 && <span className="block text-[12px] leading-[18px] text-warning">{lost.join(', ')}</span>}
      </dd>
    </div>
  );
}

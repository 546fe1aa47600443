import type { Rate } from './rates';

/** Less than this is shown as nothing: names and neighbours are asked for all the time. */
const leastMbps = 0.01;

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** `12.3` Mbit/s as people read it: in kbit/s where that is less than one, in Gbit/s from a thousand on. */
export function mbpsText(mbps: number): string {
  if (mbps < leastMbps) return '0';
  if (mbps < 1) return `${number.format(mbps * 1000)} k`;
  return mbps < 1000 ? `${number.format(mbps)} M` : `${number.format(mbps / 1000)} G`;
}

/** Both directions in short; empty where nothing goes. */
export function rateText(rate: Rate | undefined): string {
  if (!rate || Math.max(rate.ingressMbps, rate.egressMbps) < leastMbps) return '';
  return `↓${mbpsText(rate.ingressMbps)} ↑${mbpsText(rate.egressMbps)}`;
}

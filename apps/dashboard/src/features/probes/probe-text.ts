import type { Probe } from '@netyard/api-client';
import type { Tone } from '../../api/health';
import { probes } from '../../messages';

const milliseconds = new Intl.NumberFormat('en', { minimumSignificantDigits: 2, maximumSignificantDigits: 3 });
const ms = (value: number | null): string => (value === null ? '–' : milliseconds.format(value));

/** How a probe ended, in a sentence. */
export function probeText({ result, error, finishedAt }: Probe['status']): { tone: Tone; text: string } {
  if (result === null)
    return error === null && finishedAt === null
      ? { tone: 'pending', text: probes.running }
      : { tone: 'failing', text: error ?? probes.failed };
  switch (result.kind) {
    case 'ping': {
      const { received, sent, rttMs } = result;
      const tone = received === 0 ? 'failing' : received < sent ? 'warning' : 'ready';
      return { tone, text: probes.ping(received, sent, rttMs && ms(rttMs.avg)) };
    }
    case 'tcp':
      return result.connected
        ? { tone: 'ready', text: probes.tcpConnected(ms(result.connectMs)) }
        : { tone: 'failing', text: result.error ?? probes.failed };
    case 'udp-dns':
      return result.answered
        ? {
            tone: result.responseCode === 'NOERROR' ? 'ready' : 'warning',
            text: probes.dns(result.responseCode ?? '', result.answers.join(', ')),
          }
        : { tone: 'failing', text: result.error ?? probes.failed };
    case 'http':
      return result.statusCode === null
        ? { tone: 'failing', text: result.error ?? probes.failed }
        : { tone: result.statusCode < 400 ? 'ready' : 'warning', text: probes.http(result.statusCode, ms(result.rttMs)) };
    case 'trace':
      return result.reached
        ? { tone: 'ready', text: probes.traceReached(result.hops.length) }
        : { tone: 'failing', text: probes.traceLost(result.hops.length) };
    default:
      return result satisfies never;
  }
}

/** A trace, hop by hop. */
export const hopTexts = ({ result }: Probe['status']): string[] =>
  result?.kind === 'trace'
    ? result.hops.map(({ ttl, address, rttMs }) => `${ttl}. ${address === null ? probes.silentHop : `${address}, ${ms(rttMs)} ms`}`)
    : [];

import { describe, expect, it } from 'vitest';
import { underlayCondition, type NetworkPath } from './underlay-condition';

const network = { name: 'wide', options: { mtuBytes: 1450 } };
const path = (number: number, result?: Partial<NonNullable<NetworkPath['result']>>): NetworkPath => ({
  host: `h${number}`,
  localAddress: '198.51.100.1',
  remoteAddress: `198.51.100.${number}`,
  neededBytes: 1500,
  result: result && { carriedBytes: 1500, triedBytes: 1500, refusedBy: null, ...result },
});

describe('the condition UnderlayCarries', () => {
  it.each([
    { name: 'no other host', in: [], want: ['True', 'NoOtherHost', ''] },
    { name: 'everything passes', in: [path(2, {}), path(3, {})], want: ['True', 'Measured', ''] },
    {
      name: 'a path that was not measured yet',
      in: [path(2, {}), path(3)],
      want: ['Unknown', 'NotMeasured', 'the way from host h1 to host h3 (198.51.100.3) has not been measured yet'],
    },
    {
      name: 'a host that answers no echo request',
      in: [path(2, {}), path(3, { carriedBytes: null })],
      want: [
        'Unknown',
        'NoAnswer',
        'what the underlay carries from host h1 to host h3 (198.51.100.3) is not known: echo requests (ICMP) of any size stay unanswered',
      ],
    },
    {
      name: 'a router that says so',
      in: [path(2, { carriedBytes: 1400, refusedBy: '198.51.100.254' }), path(3)],
      want: [
        'False',
        'FragmentationNeeded',
        'the underlay carries from host h1 to host h2 (198.51.100.2) packets of 1400 bytes, as 198.51.100.254 says, and network wide needs 1500 (MTU 1450 and 50 for the tunnel): larger packets are refused, or cut on the way. Mend the underlay, or set option mtuBytes of network wide to 1350',
      ],
    },
    {
      name: 'several hosts, and the smallest counts',
      in: [
        path(2, { carriedBytes: 1400, refusedBy: '198.51.100.254' }),
        path(3, { carriedBytes: 1300 }),
        path(4, { carriedBytes: 1350 }),
        path(5, { carriedBytes: 1350 }),
      ],
      want: [
        'False',
        'DroppedSilently',
        'the underlay carries from host h1 to host h2 (198.51.100.2) packets of 1400 bytes, as 198.51.100.254 says; host h3 (198.51.100.3) packets of 1300 bytes; host h4 (198.51.100.4) packets of 1350 bytes; and 1 more, and network wide needs 1500 (MTU 1450 and 50 for the tunnel): larger packets are lost. Mend the underlay, or set option mtuBytes of network wide to 1250',
      ],
    },
  ])('$name', ({ in: paths, want: [status, reason, message] }) => {
    expect(underlayCondition('h1', network, paths, true)).toEqual({ type: 'UnderlayCarries', status, reason, message });
  });

  it('is not known where nothing is measured', () => {
    expect(underlayCondition('h1', network, [path(2, { carriedBytes: 1400 })], false)).toMatchObject({
      status: 'Unknown',
      reason: 'NotMeasured',
    });
  });
});

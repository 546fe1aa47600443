import { expect, it } from 'vitest';
import { policy } from '../testing/desired';
import { reportOn, withoutBridges } from './conditions';

it('says of a policy that bridges do not heed it, unless something worse is wrong', () => {
  expect(withoutBridges(reportOn(policy(1, 1)))).toMatchObject({
    kind: 'policy',
    conditions: [
      { type: 'RulesReady', status: 'False', reason: 'NoBridgeNetfilter', message: expect.stringContaining('modprobe br_netfilter') },
    ],
  });
  const failed = reportOn(policy(1, 1), new Error('nft said no'));
  expect(withoutBridges(failed)).toEqual(failed);
});

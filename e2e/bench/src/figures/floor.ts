import { assertGone, Host } from '../kernel/host';
import {
  bareJoin,
  bareLeave,
  bareLeaveGroup,
  type BareSandbox,
  createBareBridge,
  createBareSandbox,
  deleteBareSandbox,
} from '../kernel/bare-netlink';
import type { Measurement } from '../measurement';
import { upTo } from '../numbers';
import { median } from '../statistics';
import { perSecond, timedSync } from '../timing';

const rounds = 40;
const many = 500;
const group = 0x5000_0001;

const addressOf = (number: number): string => `198.18.${(number + 2) >> 8}.${(number + 2) & 255}/16`;

/** What the kernel itself takes for the same objects, by one thread: nothing that makes them can be faster. */
export const floor: Measurement = {
  name: 'floor',
  figures: [
    { name: 'floor.join.p50', unit: 'ms', meaning: 'one endpoint made by bare netlink calls, median' },
    { name: 'floor.leave.p50', unit: 'ms', meaning: 'its link deleted by one netlink call, median' },
    { name: 'floor.join.rate', unit: '/s', meaning: `${many} endpoints on one bridge, one after the other` },
    { name: 'floor.leave.rate', unit: '/s', meaning: `${many} links deleted by one netlink call` },
  ],
  async run() {
    const host = Host.create('floor');
    const sandboxes: BareSandbox[] = [];
    try {
      for (const number of upTo(many)) sandboxes.push(createBareSandbox(`floor-${number}`));
      return measure(host, sandboxes);
    } finally {
      for (const sandbox of sandboxes) deleteBareSandbox(sandbox);
      host.close();
    }
  },
};

function measure(host: Host, sandboxes: BareSandbox[]) {
  const masterIndex = createBareBridge(host, 'bare', '198.18.0.1/16');
  const [first] = sandboxes;
  if (!first) throw new Error('there is no sandbox');
  const joins: number[] = [];
  const leaves: number[] = [];
  const join = (sandbox: BareSandbox, number: number): void =>
    bareJoin(host, { link: `bare${number}`, masterIndex, sandbox, address: addressOf(number), gateway: '198.18.0.1', group });
  for (let round = 0; round < rounds; round++) {
    timedSync(joins, () => join(first, 0));
    if (!host.link('bare0')?.up) throw new Error('bare0 is not up');
    timedSync(leaves, () => bareLeave(host, 'bare0'));
    assertGone(host, 'bare0');
  }
  const joinAll: number[] = [];
  const leaveAll: number[] = [];
  timedSync(joinAll, () => sandboxes.forEach(join));
  if (!host.link(`bare${many - 1}`)?.up) throw new Error(`bare${many - 1} is not up`);
  timedSync(leaveAll, () => bareLeaveGroup(host, group));
  for (const number of upTo(many)) assertGone(host, `bare${number}`);
  return [
    { figure: 'floor.join.p50', value: median(joins) },
    { figure: 'floor.leave.p50', value: median(leaves) },
    { figure: 'floor.join.rate', value: perSecond(many, median(joinAll)) },
    { figure: 'floor.leave.rate', value: perSecond(many, median(leaveAll)) },
  ];
}

import { bridgeLinkName } from '@netyard/contracts';
import type { Network } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { timeNextJoins } from '../deployment/next-join';
import { createEndpoints, createNetwork, createSandboxes, endpointBody } from '../deployment/objects';
import { bareJoin, bareLeave, createBareSandbox, deleteBareSandbox } from '../kernel/bare-netlink';
import { assertGone, assertLinkCount } from '../kernel/host';
import type { Measurement } from '../measurement';
import { median } from '../statistics';
import { timedSync } from '../timing';

const count = 1_000;
const warmUpRounds = 20;
const rounds = 40;

/** The same with all endpoints on one bridge, whose cost in the kernel grows with its ports: beside a bare netlink join into the very same bridge. */
export const joinBridge1000: Measurement = {
  name: 'join.bridge1000',
  figures: [
    { name: 'join.bridge0.p50', unit: 'ms', meaning: 'the next join to a bridge without ports, median', peer: 'bare netlink' },
    { name: 'join.bridge1000.p50', unit: 'ms', meaning: `the next join to a bridge with ${count} ports, median`, peer: 'bare netlink' },
    { name: 'join.bridge1000.growth', unit: 'ms', meaning: 'what the ports add to a join', peer: 'bare netlink' },
  ],
  async run(bench) {
    const deployment = await bench.deployment('bridge1000');
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment) {
  const network = await createNetwork(deployment.client, 'wide', '10.40.0.0/16');
  const [sandbox, ...sandboxes] = await createSandboxes(deployment, 'wide', count + 1);
  if (!sandbox) throw new Error('there is no sandbox');
  const look = async () => ({
    own: median(await timeNextJoins(bench, deployment, sandbox, ['wide'], rounds)),
    bare: median(timeBareJoins(deployment, network)),
  });
  await timeNextJoins(bench, deployment, sandbox, ['wide'], warmUpRounds);
  const empty = await look();
  bench.progress(`joining ${count} endpoints`);
  await createEndpoints(
    deployment.client,
    sandboxes.map(({ metadata }) => endpointBody(metadata.name, 'wide', metadata.name)),
  );
  assertLinkCount(deployment.host, count);
  const full = await look();
  assertLinkCount(deployment.host, count);
  return [
    { figure: 'join.bridge0.p50', value: empty.own, peerValue: empty.bare },
    { figure: 'join.bridge1000.p50', value: full.own, peerValue: full.bare },
    { figure: 'join.bridge1000.growth', value: full.own - empty.own, peerValue: full.bare - empty.bare },
  ];
}

/** Joins to the network's own bridge by hand. */
function timeBareJoins({ host }: Deployment, { metadata }: Network): number[] {
  const masterIndex = host.link(bridgeLinkName(metadata.id))?.index;
  if (masterIndex === undefined) throw new Error(`network ${metadata.name} has no bridge`);
  const sandbox = createBareSandbox('bare');
  const times: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      timedSync(times, () => bareJoin(host, { link: 'bare0', masterIndex, sandbox, address: '10.40.255.1/16', gateway: '10.40.0.1' }));
      if (!host.link('bare0')?.up) throw new Error('bare0 is not up');
      bareLeave(host, 'bare0');
      assertGone(host, 'bare0');
    }
  } finally {
    deleteBareSandbox(sandbox);
  }
  return times;
}
